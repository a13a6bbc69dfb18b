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
  helped: ["有帮助", "有幫助", "It helped"],
  unhelped: ["没帮助", "沒幫助", "It did not help"],
  why: ["哪里不好", "哪裏不好", "What is wrong"],
  wrong: ["内容有错", "內容有錯", "It is wrong"],
  elsewhere: ["答非所问", "答非所問", "It answers another question"],
  unclear: ["看不明白", "看不明白", "Hard to understand"],
  partly: ["不够完整", "不夠完整", "Something is missing"],
  other: ["其他", "其他", "Something else"],
  thanks: ["谢谢，已记下。", "謝謝，已記下。", "Thank you, noted."],
  unsaid: ["没有记下，请再点一次。", "沒有記下，請再點一次。", "Not noted; try again."],
  leaveThis: ["留给工作人员回答", "留給工作人員回答", "Leave it for a person"],
  forget: ["删除对话", "刪除對話", "Delete the conversation"],
  forgotten: ["对话已删除。", "對話已刪除。", "The conversation is deleted."],
  unforgotten: ["没有删除，请再试一次。", "沒有刪除，請再試一次。", "Not deleted; try again."],
  speak: ["说话", "說話", "Speak"],
});
