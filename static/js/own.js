/* The page on which somebody changes what they said: what they write is kept and handed in as on the phone's page. */

import { startAnswers } from "./answers.js";
import { startLeaving } from "./leaving.js";

startAnswers();
startLeaving();
