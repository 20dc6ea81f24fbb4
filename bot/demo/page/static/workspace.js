// What the page asks the workspace: acts under /client/, pieces of HTML under /page/.

async function answered(response) {
  const result = await response.json().catch(() => ({error: `status ${response.status}`}));
  if (!response.ok) throw new Error(result.error || "failed");
  return result;
}

export async function act(name, body) {
  return answered(await fetch(`/client/${name}`, {
    method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body),
  }));
}

export async function look(name, query) {
  return answered(await fetch(`/client/${name}?${new URLSearchParams(query)}`));
}

export async function fragment(name, query) {
  const answer = await fetch(`/page/${name}?${new URLSearchParams(query)}`);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.text();
}

export async function send(address, query, files) {
  const form = new FormData();
  for (const file of files) form.append("file", file);
  return answered(await fetch(`${address}?${new URLSearchParams(query)}`, {method: "POST", body: form}));
}

let known;
export function team() {
  known = known || look("team", {user: ""});
  return known;
}

const WORDS = {
  operation_timeout: "The app did not answer in time. Nothing is lost: please try again.",
  not_in_channel: "This person is not in that channel.",
  no_text: "There is nothing to send yet.",
  msg_too_long: "That message is too long: the most is 40,000 characters.",
  "Failed to fetch": "The workspace cannot be reached. Is it still running?",
};

export const explain = (error) => WORDS[error.message] || `That did not work (${error.message}).`;

let timer;
export function toast(words) {
  const box = document.querySelector("[data-toast]");
  box.textContent = words;
  box.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { box.hidden = true; }, 12000);
}
