/* The screen in the room: nothing to press, always the newest state. */

import { startClock } from "./clock.js";
import { startLive } from "./live.js";

startClock();
startLive();
