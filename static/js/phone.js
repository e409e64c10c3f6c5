/* The phone in somebody's hand: what is on now, the question, the ground rules. */

import { startAdvice } from "./advice.js";
import { startAgreeing } from "./agree.js";
import { startAlarm } from "./alarm.js";
import { startAnswers } from "./answers.js";
import { startClock } from "./clock.js";
import { startLeaving } from "./leaving.js";
import { startLive } from "./live.js";
import { startMeToo } from "./me_too.js";
import { startQueue } from "./queue.js";
import { startRanking } from "./ranking.js";
import { startSaid } from "./said.js";
import { startTabs } from "./tabs.js";
import { startTakingBack } from "./take_back.js";

startTabs();
startLeaving();
startSaid();
startClock();
startAlarm();
startRanking();
startAdvice();
export const answers = startAnswers(); // a shared tablet sends them before it is handed on
startTakingBack(answers);
const agreeing = startAgreeing(answers.mine);
const queues = [startQueue(answers.mine), startMeToo(answers.mine)];

startLive({
  isWriting: answers.isWriting,
  onReached: () => {
    answers.outbox.kick();
    agreeing.kick();
    queues.forEach((queue) => queue.kick());
    if (!answers.mine.loaded) answers.mine.refresh();
  },
  onEpoch: () => answers.mine.refresh(),
});
