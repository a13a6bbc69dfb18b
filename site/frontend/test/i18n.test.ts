// @vitest-environment jsdom
// Texts in three languages.
import { expect, test } from "vitest";
import { column, speaker } from "../src/i18n";

test("the language tag of the page picks the column", () => {
  expect(["zh-hans", "zh-CN", "zh-hant", "zh-TW", "en", "en-GB", ""].map(column)).toEqual([0, 0, 1, 1, 2, 2, 0]);
});

test("values are filled in wherever they are named", () => {
  const t = speaker({ n: ["第 {n} 题，共 {n}", "第 {n} 題，共 {n}", "{n} of {n}"] });
  document.documentElement.lang = "zh-hant";
  expect(t("n", { n: 3 })).toBe("第 3 題，共 3");
});
