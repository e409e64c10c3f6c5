/* A card that fills the phone, to hold up to a speaker. Nothing of it leaves the phone. */

/** Start. Buttons with data-time-card show what they say on #time-card; a tap puts it away. */
export function startTimeCards() {
  const card = document.getElementById("time-card");
  if (!card) return;
  const face = card.querySelector("button");
  for (const button of document.querySelectorAll("[data-time-card]")) {
    button.addEventListener("click", () => {
      face.textContent = button.dataset.timeCard;
      face.dataset.long = String(face.textContent.length > 2);
      card.showModal();
    });
  }
}
