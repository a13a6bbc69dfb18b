// Screens after which nothing can be answered here: the receipt, the closed attempt, the attempt that is not yours.
import { h } from "../dom";
import { t } from "./texts";

export interface Ended {
  receipt: string | null;
  submittedAt?: string;
  answered?: number;
  /** Numbers of the questions whose last change never arrived. */
  notArrived: number[];
}

/** Return the receipt, or that the attempt is over where there is none (it was voided). */
export function ending({ receipt, submittedAt, answered, notArrived }: Ended, resultUrl: string): HTMLElement {
  const list = notArrived.join(t("listSeparator"));
  return h(
    "section",
    { class: "exam-ending card stack" },
    h("h2", { tabindex: "-1" }, t(receipt ? "doneTitle" : "closedTitle")),
    receipt ? facts(receipt, submittedAt, answered) : h("p", {}, t("closedText")),
    list ? h("p", { class: "notice notice--danger", role: "alert" }, t("notArrived", { list })) : null,
    receipt ? h("p", { class: "meta" }, t("keepReceipt")) : null,
    h("a", { class: "button button--main", href: resultUrl }, t("result")),
  );
}

function facts(receipt: string, submittedAt?: string, answered?: number): HTMLElement {
  const list = h("dl", { class: "exam-facts" }, h("dt", {}, t("receipt")), h("dd", { class: "exam-receipt" }, receipt));
  if (submittedAt) list.append(h("dt", {}, t("submittedAt")), h("dd", {}, local(submittedAt)));
  if (answered !== undefined) list.append(h("dt", {}, t("answeredCount")), h("dd", {}, String(answered)));
  return list;
}

function local(moment: string): string {
  const format = new Intl.DateTimeFormat(document.documentElement.lang || "zh-CN", {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone: "Asia/Shanghai",
  } as Intl.DateTimeFormatOptions);
  return format.format(new Date(moment));
}

/** Return that no such attempt belongs to whoever is logged in. */
export function missing(loginUrl: string): HTMLElement {
  return h(
    "section",
    { class: "exam-ending card stack" },
    h("h2", { tabindex: "-1" }, t("missingTitle")),
    h("p", {}, t("missingText")),
    h("a", { class: "button", href: loginUrl }, t("toLogin")),
  );
}

/** Return why the server does not let this device or place in; the invigilator can change that. */
export function turnedAway(why: string, retry: () => void): HTMLElement {
  const button = h("button", { type: "button", class: "button", click: retry }, t("retry"));
  return h("div", { class: "notice notice--danger stack", role: "alert" }, h("h2", {}, t("deviceTitle")), h("p", {}, why), button);
}

/** Return that the paper did not open yet: nobody is logged in (`loginUrl`), or no reply. */
export function unopened(loginUrl: string | null, retry: () => void): HTMLElement {
  const button = loginUrl
    ? h("a", { class: "button", href: loginUrl }, t("toLogin"))
    : h("button", { type: "button", class: "button", click: retry }, t("retry"));
  const text = h("p", {}, t(loginUrl ? "login" : "openFailed"));
  return h("div", { class: "notice notice--danger stack", role: "alert" }, text, button);
}
