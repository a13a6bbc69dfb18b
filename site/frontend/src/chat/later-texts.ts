// What the parts of the chat say that are loaded when they are wanted.
import { speaker } from "../i18n";

export const t = speaker({
  person: ["请人工回答", "請人工回答", "Ask a person"],
  leave: ["留下问题", "留下問題", "Leave the question"],
  speak: ["说话", "說話", "Speak"],
  cancel: ["取消", "取消", "Cancel"],
  question: ["您的问题", "您的問題", "Your question"],
  contact: ["怎样联系您（可不填）", "怎樣聯繫您（可不填）", "How to reach you, if you wish"],
  contactWhy: [
    "只用来答复您，加密保存，删除对话时一起删除。",
    "只用來答覆您，加密保存，刪除對話時一起刪除。",
    "Only for the answer; kept encrypted, deleted with the conversation.",
  ],
  dangerFirst: [
    "有危险不要在这里等，请打 119、120 或 110。",
    "有危險不要在這裏等，請打 119、120 或 110。",
    "In danger do not wait here: call 119, 120 or 110.",
  ],
  message: ["写给工作人员", "寫給工作人員", "Message to the desk"],
  send: ["发送", "發送", "Send"],
  desk: ["工作人员", "工作人員", "The desk"],
  mine: ["我", "我", "You"],
  deskTypes: ["工作人员正在输入……", "工作人員正在輸入……", "The desk is typing …"],
  unsent: ["没有发出去，内容还在，请再发一次。", "沒有發出去，內容還在，請再發一次。", "Not sent; your text is kept, try again."],
  staffed: ["工作人员在线，很快会看到。", "工作人員在線，很快會看到。", "Somebody is at the desk and will see it soon."],
  taken: ["工作人员正在处理。", "工作人員正在處理。", "Somebody is at it."],
  opens: [
    "现在是下班时间，{when} 上班。问题已留下，答复会出现在这里。",
    "現在是下班時間，{when} 上班。問題已留下，答覆會出現在這裏。",
    "The desk is closed and opens {when}. Your question stays; the answer will be here.",
  ],
  unstaffed: [
    "现在是下班时间。问题已留下，答复会出现在这里。",
    "現在是下班時間。問題已留下，答覆會出現在這裏。",
    "The desk is closed. Your question stays; the answer will be here.",
  ],
  closed: ["这个问题已经办结。", "這個問題已經辦結。", "This question is closed."],
  earlier: ["以前的提问（{count}）", "以前的提問（{count}）", "Asked before ({count})"],
  listening: ["正在听，再按一次结束", "正在聽，再按一次結束", "Listening; press again to end"],
  agree: ["同意并开始", "同意並開始", "Agree and start"],
  consent: [
    "语音由您的浏览器转成文字，浏览器的厂商可能会听到您说的话。本站不保存声音。",
    "語音由您的瀏覽器轉成文字，瀏覽器的廠商可能會聽到您說的話。本站不保存聲音。",
    "Your browser turns speech into text; its maker may hear what you say. This site keeps no sound.",
  ],
  unheard: ["没有听清，请再说一次，或改用打字。", "沒有聽清，請再說一次，或改用打字。", "Not understood; say it again, or type."],
});
