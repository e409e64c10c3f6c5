/* The phone in somebody's hand: what is on now, the question, the ground rules. */

import { startAdvice } from "./advice.js";
import { startAgreeing } from "./agree.js";
import { startAlarm } from "./alarm.js";
import { startAnswers } from "./answers.js";
import { startClock } from "./clock.js";
import { startLeaving } from "./leaving.js";
import { startLive } from "./live.js";
import { startSaid } from "./said.js";
import { startSpeakerQuestions } from "./speaker_questions.js";
import { startTabs } from "./tabs.js";
import { startTakingBack } from "./take_back.js";

startTabs();
startLeaving();
startClock();
startAlarm();
startPlaces();
startAdvice();
export const answers = startAnswers(); // a shared tablet sends them before it is handed on
startSaid(answers.mine);
startTakingBack(answers);
const agreeing = startAgreeing(answers.mine);
const questions = startSpeakerQuestions(answers.mine);

startLive({
  isWriting: answers.isWriting,
  onReached: () => {
    answers.outbox.kick();
    agreeing.kick();
    questions.kick();
    answers.mine.reached();
  },
  onEpoch: () => answers.mine.refresh(),
});

/** Putting options in order is more than a form can do by itself: its script comes with the first such question. */
function startPlaces() {
  const bring = async () => {
    if (!document.querySelector("ol.places")) return;
    try {
      (await import("./ranking.js")).startRanking();
    } catch {
      // Without a network places are typed; the next change of the page tries again.
    }
  };
  document.addEventListener("live:swapped", bring);
  bring();
}
