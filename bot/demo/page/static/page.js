// Starts the page: three panes on one stream of changes, the connection mark, the theme, the pane tabs.
import {Pane} from "./pane.js";
import {all, one} from "./patch.js";
import {act, look, toast} from "./workspace.js";

const panes = all("[data-pane]").map((root) => new Pane(root));
const CHECK_OFTEN = 1500;
const CHECK_SELDOM = 5000;

// The stream

let stream;
function listen() {
  stream?.close();
  const query = new URLSearchParams(panes.map((pane) => ["user", pane.user]));
  stream = new EventSource(`/page/stream?${query}`);
  stream.onmessage = (message) => {
    const change = JSON.parse(message.data);
    for (const pane of panes) if (!change.user || change.user === pane.user) pane.changed(change);
  };
  stream.onopen = check;
  stream.onerror = check;
}

let checks;
let wasUp = false;
async function check() {
  clearTimeout(checks);
  const box = one("[data-connection]");
  let state = "down";
  let words = "Workspace not reachable, trying again…";
  try {
    const {app} = await look("team", {user: ""});
    state = app.connected ? "up" : "waiting";
    words = app.connected ? `${app.name} is connected` : wasUp ? `${app.name} is reconnecting…` : `${app.name} is starting…`;
    wasUp = wasUp || app.connected;
  } catch { /* the words above say it */ }
  box.dataset.connection = state;
  const said = one("[data-words]", box);
  if (said.textContent !== words) said.textContent = words;
  checks = setTimeout(check, state === "up" ? CHECK_SELDOM : CHECK_OFTEN);
}

// Who sits where

for (const pane of panes) {
  one("[data-user-picker]", pane.root).addEventListener("change", async (event) => {
    await pane.become(event.target.value);
    listen();
  });
}

function show(key) {
  for (const tab of all("[data-show-pane]")) {
    const isShown = tab.dataset.showPane === key;
    tab.setAttribute("aria-selected", String(isShown));
    tab.tabIndex = isShown ? 0 : -1;
  }
  for (const pane of panes) pane.root.classList.toggle("shown", pane.key === key);
  for (const pane of panes) pane.refresh();
}
for (const tab of all("[data-show-pane]")) tab.addEventListener("click", () => show(tab.dataset.showPane));

let width = innerWidth;
addEventListener("resize", () => {
  if (width !== innerWidth) panes.forEach((pane) => pane.again("channels", () => pane.refreshChannels()));
  width = innerWidth;
});

// A link to a message of this workspace opens it in a pane: this one, when its person may read there.
async function openPlace(channel, thread, first) {
  const order = first ? [first, ...panes.filter((pane) => pane !== first)] : panes;
  for (const pane of order) {
    const channels = await look("channels", {user: pane.user});
    if (!channels.some((each) => each.id === channel)) continue;
    show(pane.key);
    return pane.go(channel, thread);
  }
  return toast("Nobody on this page is in that channel.");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href], button[data-url]");
  const address = link ? new URL(link.dataset.url || link.href, location.href) : null;
  const place = address?.origin === location.origin && address.pathname.match(/^\/archives\/(\w+)\/p(\d+)(\d{6})$/);
  if (!place || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (link.dataset.url) event.stopPropagation();
  openPlace(place[1], address.searchParams.get("thread_ts") || `${place[2]}.${place[3]}`, panes.find((pane) => pane.root.contains(link)));
}, true);

// Menus and tabs by keyboard

document.addEventListener("click", (event) => {
  for (const open of all("details[open]:not(.tries)")) if (!open.contains(event.target)) open.open = false;
});

document.addEventListener("toggle", (event) => {
  if (event.target.open) one("[role=menu]", event.target)?.scrollIntoView({block: "nearest"});
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[open]:not(.tries)");
  if (menu && event.key === "Escape") {
    menu.open = false;
    one("summary", menu).focus();
  } else if (menu && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    step(all("[role=menuitem]", menu), event, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.target.role === "tab" && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    const next = step(all("[role=tab]", event.target.parentElement), event, event.key === "ArrowRight" ? 1 : -1);
    next.click();
  }
});

function step(items, event, by) {
  event.preventDefault();
  const next = items[(items.indexOf(event.target) + by + items.length) % items.length] || items[0];
  next?.focus();
  return next;
}

one("[data-theme-toggle]").addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
});

// Begin

await Promise.allSettled(panes.map((pane) => act("open_im", {user: pane.user})));
listen();
const asked = new URLSearchParams(location.search);
if (asked.has("channel")) {
  history.replaceState(null, "", "/");
  openPlace(asked.get("channel"), asked.get("thread"));
}
