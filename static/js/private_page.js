/* A page with names on it, for those who run the day: Room-safe hides them as it does on the desk. */

import { startRoomSafe } from "./room-safe.js";
import { startShortcuts } from "./shortcuts.js";

startRoomSafe();
startShortcuts();
