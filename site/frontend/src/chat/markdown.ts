// The Markdown that answers use (headings, lists, quotes, paragraphs, bold) as elements; everything else stays text.
import { h } from "../dom";

export type Block =
  | { kind: "heading"; level: 2 | 3; text: string }
  | { kind: "paragraph" | "quote"; text: string }
  | { kind: "list"; start: number | null; items: string[] }; // start: the first number, null for bullets

const HEADING = /^(#{1,6})\s+(.*)$/;
const BULLET = /^\s*[-*+•]\s+(.*)$/;
const NUMBER = /^\s*(\d{1,2})[.)]\s+(.*)$/; // "1.5 米" and "119" are no list
const QUOTE = /^>\s?(.*)$/;

/** Split text into blocks. A line that starts nothing new continues the block above it. */
export function blocks(text: string): Block[] {
  const found: Block[] = [];
  let open: Block | null = null; // what a further line may continue
  for (const line of text.split(/\r?\n/)) {
    const block: Block | null = begun(line);
    if (!line.trim()) {
      if (open?.kind !== "list") open = null;
    } else if (block?.kind === "list" && open?.kind === "list" && (block.start === null) === (open.start === null)) {
      open.items.push(...block.items);
    } else if (block?.kind === "quote" && open?.kind === "quote") {
      open.text += `\n${block.text}`;
    } else if (block) {
      found.push(block);
      open = block.kind === "heading" ? null : block;
    } else if (open?.kind === "list" && /^\s/.test(line)) {
      open.items.push(`${open.items.pop() ?? ""}\n${line.trim()}`);
    } else if (open?.kind === "paragraph") {
      open.text += `\n${line}`;
    } else {
      open = { kind: "paragraph", text: line };
      found.push(open);
    }
  }
  return found;
}

function begun(line: string): Block | null {
  const heading = HEADING.exec(line);
  if (heading) return { kind: "heading", level: heading[1]!.length <= 2 ? 2 : 3, text: heading[2]! };
  const quote = QUOTE.exec(line);
  if (quote) return { kind: "quote", text: quote[1]! };
  const bullet = BULLET.exec(line);
  if (bullet) return { kind: "list", start: null, items: [bullet[1]!] };
  const number = NUMBER.exec(line);
  return number ? { kind: "list", start: Number(number[1]), items: [number[2]!] } : null;
}

/** Return the elements that show `text`. */
export function render(text: string): HTMLElement[] {
  return blocks(text).map((block) => {
    switch (block.kind) {
      case "heading":
        return h(block.level === 2 ? "h2" : "h3", {}, ...inline(block.text));
      case "paragraph":
        return h("p", {}, ...inline(block.text));
      case "quote":
        return h("blockquote", {}, h("p", {}, ...inline(block.text)));
      case "list": {
        const items = block.items.map((item) => h("li", {}, ...inline(item)));
        if (block.start === null) return h("ul", {}, ...items);
        return h("ol", { start: block.start === 1 ? "" : String(block.start) }, ...items);
      }
    }
  });
}

function inline(text: string): (Node | string)[] {
  return text.split(/\*\*(.+?)\*\*/s).map((part, index) => (index % 2 ? h("strong", {}, part) : part));
}
