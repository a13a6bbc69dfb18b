// @vitest-environment jsdom
// The Markdown of answers: what becomes structure, and that markup stays text.
import { describe, expect, test } from "vitest";
import { blocks, render } from "../src/chat/markdown";

const html = (text: string) => render(text).map((element) => element.outerHTML).join("");

describe("blocks", () => {
  test("headings, paragraphs, numbered and bulleted lists are told apart", () => {
    expect(blocks("## 燃气泄漏\n先关阀门。\n\n1. 关阀\n2. 开窗\n\n- 不开灯\n- 不打电话")).toEqual([
      { kind: "heading", level: 2, text: "燃气泄漏" },
      { kind: "paragraph", text: "先关阀门。" },
      { kind: "list", start: 1, items: ["关阀", "开窗"] },
      { kind: "list", start: null, items: ["不开灯", "不打电话"] },
    ]);
  });

  test("figures at the start of a line are not list numbers", () => {
    expect(blocks("1.5 米以外\n119、120 都能打\n119. 火警")).toEqual([
      { kind: "paragraph", text: "1.5 米以外\n119、120 都能打\n119. 火警" },
    ]);
  });

  test("a list goes on over an empty line and an indented line, and keeps its first number", () => {
    expect(blocks("3. 断电\n\n4. 验电\n   用合格的验电器")).toEqual([
      { kind: "list", start: 3, items: ["断电", "验电\n用合格的验电器"] },
    ]);
  });

  test("lines quoted one after the other are one quotation", () => {
    expect(blocks("> 不要用水\n> 浇油锅")).toEqual([{ kind: "quote", text: "不要用水\n浇油锅" }]);
  });

  test("half a text, as it streams in, is already readable", () => {
    expect(blocks("## 触电\n1. 断电\n2.")).toEqual([
      { kind: "heading", level: 2, text: "触电" },
      { kind: "list", start: 1, items: ["断电"] },
      { kind: "paragraph", text: "2." },
    ]);
  });

  test("nothing comes of nothing", () => {
    expect(blocks(" \n\n")).toEqual([]);
  });
});

describe("render", () => {
  test("blocks become elements", () => {
    expect(html("### 先后\n2. **断电**再救\n\n好")).toBe(
      '<h3>先后</h3><ol start="2"><li><strong>断电</strong>再救</li></ol><p>好</p>',
    );
  });

  test("markup in the text is shown, not run", () => {
    expect(html("<img src=x onerror=alert(1)> **<b>x</b>**")).toBe(
      "<p>&lt;img src=x onerror=alert(1)&gt; <strong>&lt;b&gt;x&lt;/b&gt;</strong></p>",
    );
  });
});
