// The page before an exam: counts down, says what still stands against it, goes in by itself once the room has begun.
import { WaitingRoom } from "./exam/waitingroom";

const place = document.querySelector<HTMLElement>("[data-waiting-room]");
if (place) new WaitingRoom(place).open();
