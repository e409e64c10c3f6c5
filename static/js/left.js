/* The page after leaving: the server has let go, now this phone does. */

import { forgetDay, tellTabs } from "./leaving.js";

const day = new URLSearchParams(location.search).get("day") || "";
if (/^[a-z0-9]{1,12}$/.test(day)) {
  forgetDay(day);
  tellTabs(day, "now");
  history.replaceState(null, "", location.pathname);
}
