// What the score sheet says.
import { speaker } from "../i18n";

export const t = speaker({
  saved: ["已保存", "已保存", "Saved"],
  saving: ["正在保存…", "正在保存…", "Saving…"],
  offline: ["离线：{n} 项暂存在本机", "離線：{n} 項暫存在本機", "Offline: {n} kept on this tablet"],
  offlineText: [
    "网络断开。评分暂存在本机，网络恢复后自动上传，可以继续评分。请不要清除浏览器数据。",
    "網絡斷開。評分暫存在本機，網絡恢復後自動上傳，可以繼續評分。請不要清除瀏覽器數據。",
    "No network. Marks are kept on this tablet and sent when it is back; go on marking. Do not clear the browser's data.",
  ],
  notDurable: [
    "本机无法暂存，网络断开时请不要关闭本页。",
    "本機無法暫存，網絡斷開時請不要關閉本頁。",
    "This tablet cannot keep marks. Do not close the page while there is no network.",
  ],
  login: [
    "登录已过期。评分仍在本机，请重新登录后打开本页继续。",
    "登錄已過期。評分仍在本機，請重新登錄後打開本頁繼續。",
    "You were logged out. The marks are kept here; log in again and open this page to go on.",
  ],
  toLogin: ["去登录", "去登錄", "Log in"],
  closed: ["这张评分表已关闭，不能再改。", "這張評分表已關閉，不能再改。", "This sheet is closed and cannot be changed."],
  refused: [
    "有 {n} 项服务器没有收下，请重新选择一次。",
    "有 {n} 項服務器沒有收下，請重新選擇一次。",
    "The server did not take {n}. Choose again.",
  ],
  lacking: ["还有未评分的项，或者否决项没有写明情况。", "還有未評分的項，或者否決項沒有寫明情況。", "An item has no mark, or a veto item no note."],
  unsigned: ["请手写签名，或者输入姓名。", "請手寫簽名，或者輸入姓名。", "Draw your signature, or type your name."],
  noNetwork: [
    "现在没有网络，暂时不能提交。评分都在本机，网络恢复后再提交。",
    "現在沒有網絡，暫時不能提交。評分都在本機，網絡恢復後再提交。",
    "There is no network, so nothing can be handed in now. The marks are kept here; hand in when it is back.",
  ],
  sending: ["正在上传…", "正在上傳…", "Sending…"],
  photoKept: ["照片已保存。", "照片已保存。", "The photo is saved."],
  photoWaits: [
    "照片还没有上传，网络恢复后再试；请不要关闭本页。",
    "照片還沒有上傳，網絡恢復後再試；請不要關閉本頁。",
    "The photo is not sent yet. It is tried again when the network is back; do not close the page.",
  ],
  left: ["剩余 {time}", "剩餘 {time}", "{time} left"],
  over: ["已超时 {time}", "已超時 {time}", "{time} over"],
  photo: ["照片", "照片", "Photo"],
});
