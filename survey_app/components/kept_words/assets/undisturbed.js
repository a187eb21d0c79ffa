// Without a server Streamlit lays a dialog over the page, in English and for programmers, and takes the keyboard. Whoever
// writes here is told in the field itself that the server is silent, and goes on: the dialog is closed at once.

const ITS_WORDS = "streamlit run yourscript.py";

/** Close that dialog whenever it comes, as long as `isHere()`; `onGone()` then takes the keyboard back. */
export function undisturbed(isHere, onGone) {
  const observer = new MutationObserver(() => {
    if (!isHere()) return observer.disconnect();
    const dialog = [...document.querySelectorAll('[role="dialog"]')].find((each) => each.textContent.includes(ITS_WORDS));
    dialog?.querySelector("button")?.click();
    return dialog && setTimeout(onGone, 60);
  });
  observer.observe(document.body, { childList: true });
}
