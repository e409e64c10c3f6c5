/* The page that asks whether to leave: the other tabs of this phone hear of the press. */

import { tellTabs } from "./leaving.js";

document.addEventListener("submit", () => tellTabs(document.body.dataset.workshop, "soon"));
