// Which conversation this device holds: an opaque key, nothing of what was said.

const NAME = "chat-conversation";

/** Return the key, or null; some browsers keep nothing in a framed page. */
export function held(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

/** Hold this conversation from now on; null holds none. */
export function hold(conversation: string | null): void {
  try {
    if (conversation) localStorage.setItem(NAME, conversation);
    else localStorage.removeItem(NAME);
  } catch {
    // the page goes on without; only its history is lost
  }
}
