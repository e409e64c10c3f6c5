/* Of all the fragments that come back only those that differ reach htmx: on a long day each replacement costs. */

/** Start. `isOurs(event)`: the answer is to the plan's own requests. */
export function startFragments(isOurs) {
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (isOurs(event)) event.detail.serverResponse = whatDiffers(event.detail.serverResponse);
  });
}

function whatDiffers(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const part of answer.querySelectorAll("[hx-swap-oob='true']")) {
    const there = document.getElementById(part.id);
    if (there && there.innerHTML === part.innerHTML) part.remove();
  }
  return answer.body.innerHTML;
}
