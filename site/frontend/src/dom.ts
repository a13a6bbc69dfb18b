// Builds elements; strings become text nodes, never markup.
type Attribute = string | boolean | ((event: Event) => void);
type Child = Node | string | null;

/** Return a `tag` element: functions become listeners, true an empty attribute, false and "" no attribute. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== "") element.setAttribute(name, value);
  }
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/** Put `children` in place of what `parent` holds. */
export function fill(parent: Node, ...children: Node[]): void {
  parent.textContent = "";
  for (const child of children) parent.appendChild(child);
}

/** Set the text if it differs, so that a live region speaks only of changes. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
