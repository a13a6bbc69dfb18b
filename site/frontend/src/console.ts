// The invigilator's console of one sitting.
import { ConsoleApi } from "./console/api";
import { Desk, type Kinds } from "./console/desk";
import { Live } from "./live";

const root = document.getElementById("console");
if (root) {
  const { stateUrl = "", actUrl = "", recordUrl = "", ticketUrl = "", socketPath = "", csrf = "" } = root.dataset;
  const kinds = JSON.parse(document.getElementById("incident-kinds")?.textContent ?? "[]") as Kinds;
  const addresses = { state: stateUrl, act: actUrl, record: recordUrl, ticket: ticketUrl };
  const desk = new Desk(root, new ConsoleApi(addresses, csrf), kinds);
  const socket = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${socketPath}`;
  desk.live = new Live(socket, () => desk.refresh());
  desk.live.start();
}
