/* A page on which somebody changes what they said, or writes on a sheet: kept and handed in as on the phone's page. */

import { startAnswers } from "./answers.js";
import { startLeaving } from "./leaving.js";
import { startSaid } from "./said.js";
import { startTakingBack } from "./take_back.js";

const answers = startAnswers();
startSaid(answers.mine);
startTakingBack(answers);
startLeaving();
