// The chat on another house's website: a button, and a frame that holds the chat of this one. Nothing is read there.

const script = document.currentScript as HTMLScriptElement | null;
const home = script ? new URL(script.src).origin : "";
const english = /^en/i.test(document.documentElement.lang || navigator.language);
const SAYS = english
  ? { open: "Ask about safety", close: "Close", title: "Safety questions and answers" }
  : { open: "应急问答", close: "关闭", title: "应急问答" };
const STYLE = `
:host { all: initial; }
button { position: fixed; right: 16px; bottom: calc(16px + env(safe-area-inset-bottom)); z-index: 2147483000; min-width: 56px;
  min-height: 48px; padding: 0 20px; border: 2px solid #fff; border-radius: 24px; background: #0b3d6e; color: #fff;
  font: 600 16px/1.2 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; cursor: pointer; }
button:focus-visible { outline: 3px solid #c2410c; outline-offset: 2px; }
iframe { box-sizing: border-box; position: fixed; right: 16px; bottom: calc(80px + env(safe-area-inset-bottom)); z-index: 2147483000; width: 380px;
  height: min(620px, calc(100vh - 100px)); border: 1px solid #d5dce4; border-radius: 12px; background: #f4f6f9;
  box-shadow: 0 8px 32px rgb(7 42 77 / 25%); }
iframe[hidden] { display: none; }
@media (max-width: 480px) { iframe { right: 0; left: 0; bottom: calc(72px + env(safe-area-inset-bottom)); width: 100%;
  height: calc(100vh - 84px - env(safe-area-inset-bottom)); border-radius: 12px 12px 0 0; } }
`;

function start(): void {
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const button = document.createElement("button");
  const frame = document.createElement("iframe");
  dress(shadow);
  button.type = "button";
  frame.title = SAYS.title;
  frame.id = "chat";
  frame.hidden = true;
  frame.allow = "clipboard-write";
  frame.referrerPolicy = "origin";
  const show = (open: boolean) => {
    if (open && !frame.src) frame.src = `${home}/chat/embed/`; // nothing is loaded before it is wanted
    frame.hidden = !open;
    button.textContent = open ? SAYS.close : SAYS.open;
    button.setAttribute("aria-expanded", String(open));
    if (open) frame.focus();
    else button.focus();
  };
  button.setAttribute("aria-controls", "chat");
  button.setAttribute("aria-expanded", "false");
  button.textContent = SAYS.open;
  button.addEventListener("click", () => show(frame.hidden));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !frame.hidden) show(false);
  });
  addEventListener("message", (event) => {
    if (event.origin === home && event.source === frame.contentWindow && event.data === "chat:close") show(false);
  });
  shadow.append(frame, button);
  document.body.append(host);
}

/** Give the parts their looks; the first way is allowed whatever the website says of inline styles. */
function dress(shadow: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style"); // before Safari 16.4
    style.textContent = STYLE;
    shadow.append(style);
  }
}

if (document.body) start();
else addEventListener("DOMContentLoaded", start);
