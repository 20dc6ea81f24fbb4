// Before anything is painted: the theme that was chosen last time.
"use strict";

const chosenTheme = localStorage.getItem("theme");
if (chosenTheme) document.documentElement.dataset.theme = chosenTheme;
