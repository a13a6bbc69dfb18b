// @vitest-environment jsdom
// Every kind of question: what is pressed, typed or moved becomes the one short text the server takes.
import { beforeEach, describe, expect, test, vi } from "vitest";
import { fieldFor } from "../src/exam/fields/field";
import { fits } from "../src/exam/responses";
import type { Kind, Question } from "../src/exam/types";
import { question } from "./exam-server";

let told: string[];
const made = (kind: Kind, more: Partial<Question> = {}): Question => ({ ...question(1), kind, ...more });

function field(of: Question) {
  const one = fieldFor(of, (response) => told.push(response));
  document.body.replaceChildren(one.node);
  return one;
}

beforeEach(() => {
  told = [];
  document.documentElement.lang = "zh-hans";
});

describe("several of several", () => {
  test("letters are told in the alphabet's order, and a second press takes one back", () => {
    const { node, key } = field(made("multiple_choice"));
    node.querySelectorAll("input")[2]!.click();
    node.querySelectorAll("input")[0]!.click();
    expect(told).toEqual(["C", "AC"]);
    node.querySelectorAll("input")[2]!.click();
    expect(told[2]).toBe("A");
    expect(key).toBeTypeOf("function");
  });

  test("keys press too, and a locked field tells nothing", () => {
    const one = field(made("multiple_choice"));
    expect(one.key("b")).toBe(true);
    expect(one.key("4")).toBe(true);
    expect(told).toEqual(["B", "BD"]);
    one.show("BD", true);
    one.key("a");
    expect(told).toHaveLength(2);
    expect(one.key("x")).toBe(false);
  });

  test("what the server holds is shown", () => {
    const one = field(made("multiple_choice"));
    one.show("AD", false);
    expect([...one.node.querySelectorAll("input")].map(({ checked }) => checked)).toEqual([true, false, false, true]);
  });
});

describe("blanks", () => {
  const type = (input: HTMLInputElement, value: string) => {
    input.value = value;
    input.dispatchEvent(new Event("input"));
  };

  test("a moment after the last key everything typed is told once", () => {
    vi.useFakeTimers();
    const one = field(made("fill_in", { options: [], width: 2 }));
    const [first, second] = one.node.querySelectorAll("input");
    type(first!, "1");
    type(first!, "10");
    type(second!, "红");
    expect(told).toEqual([]);
    vi.advanceTimersByTime(500);
    expect(told).toEqual(['["10","红"]']);
    vi.useRealTimers();
  });

  test("leaving tells at once, and empty blanks are no answer", () => {
    const one = field(made("fill_in", { options: [], width: 1 }));
    const [only] = one.node.querySelectorAll("input");
    type(only!, "5");
    one.flush();
    type(only!, "  ");
    one.flush();
    one.flush();
    expect(told).toEqual(['["5"]', ""]);
  });

  test("what is being typed is not overwritten by what the server holds", () => {
    const one = field(made("fill_in", { options: [], width: 1 }));
    const [only] = one.node.querySelectorAll("input");
    one.show('["旧"]', false);
    expect(only!.value).toBe("旧");
    type(only!, "新");
    one.show('["旧"]', false);
    expect(only!.value).toBe("新");
    one.flush();
  });
});

describe("order", () => {
  test("each move tells the whole order; the ends move no further", () => {
    const one = field(made("ordering", { options: question(1).options.slice(0, 3), width: 3 }));
    const up = () => [...one.node.querySelectorAll<HTMLButtonElement>(".exam-step")].map((row) => row.querySelector("button")!);
    up()[2]!.click();
    expect(told).toEqual(["ACB"]);
    up()[1]!.click();
    expect(told).toEqual(["ACB", "CAB"]);
    expect(up()[0]!.disabled).toBe(true);
    expect([...one.node.querySelectorAll(".exam-step-text")].map((node) => node.textContent)).toEqual(["选项 C", "选项 A", "选项 B"]);
  });

  test("the order shown can be the answer, and a stored one is shown", () => {
    const one = field(made("ordering", { width: 4 }));
    one.node.querySelector<HTMLButtonElement>(".button")!.click();
    expect(told).toEqual(["ABCD"]);
    one.show("DCBA", false);
    expect(one.node.querySelector(".exam-step-text")!.textContent).toBe("选项 D");
  });
});

describe("match", () => {
  test("a letter for each left side, a dash where nothing is chosen, nothing where nothing is", () => {
    const one = field(made("matching", { lefts: ["红", "黄"], width: 2 }));
    const [red, yellow] = one.node.querySelectorAll("select");
    yellow!.value = "C";
    yellow!.dispatchEvent(new Event("change"));
    red!.value = "A";
    red!.dispatchEvent(new Event("change"));
    yellow!.value = red!.value = "-";
    red!.dispatchEvent(new Event("change"));
    expect(told).toEqual(["-C", "AC", ""]);
    one.show("B-", true);
    expect([red!.value, yellow!.value, red!.disabled]).toEqual(["B", "-", true]);
  });
});

test.each([
  ["", "ordering", true],
  ["AB", "single_choice", false],
  ["AC", "multiple_choice", true],
  ["CA", "multiple_choice", false],
  ["ABCD", "ordering", true],
  ["ABC", "ordering", false],
  ["ABCC", "ordering", false],
  ["A-", "matching", true],
  ["AB-", "matching", false],
  ['["1","2"]', "fill_in", true],
  ['["1"]', "fill_in", false],
  ["[", "fill_in", false],
  ["E", "single_choice", false],
] as const)("%s answers a question of kind %s: %s", (response, kind, expected) => {
  expect(fits(response, made(kind, { width: 2 }))).toBe(expected);
});
