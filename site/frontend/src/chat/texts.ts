// What the chat page says.
import { speaker } from "../i18n";

export const t = speaker({
  you: ["我问：", "我問：", "You asked: "],
  bot: ["回答：", "回答：", "Answer: "],
  call: ["拨打 {number}", "撥打 {number}", "Call {number}"],
  sources: ["来源", "來源", "Sources"],
  choices: ["您想问的是：", "您想問的是：", "Did you mean:"],
  failed: [
    "没有连上服务器，问题已放回输入框，请稍后再试。遇到危险请直接打电话。",
    "沒有連上服務器，問題已放回輸入框，請稍後再試。遇到危險請直接打電話。",
    "The server cannot be reached. Your question is back in the box; try again in a moment. In danger, call now.",
  ],
  reconnecting: ["正在重新连接，问题没有丢。", "正在重新連接，問題沒有丟。", "Reconnecting. Your question is kept."],
  waiting: ["正在查找……", "正在查找……", "Looking it up …"],
  leaveThis: ["留给工作人员回答", "留給工作人員回答", "Leave it for a person"],
  forget: ["删除对话", "刪除對話", "Delete the conversation"],
  forgotten: ["对话已删除。", "對話已刪除。", "The conversation is deleted."],
  unforgotten: ["没有删除，请再试一次。", "沒有刪除，請再試一次。", "Not deleted; try again."],
  speak: ["说话", "說話", "Speak"],
});
