/* The speaker's own time: nothing to press that anybody else would notice. */

import { startClock } from "./clock.js";
import { startLive } from "./live.js";

startClock();
startLive();
