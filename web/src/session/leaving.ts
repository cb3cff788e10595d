import { useSyncExternalStore } from "react";
import { signOut } from "@/api/client";
import { forgetAll, recall, remember } from "@/lib/store";

/** Where somebody is signed out; whatever else is opened in this browser leads there until it is done. */
export const SIGN_OUT = "/sign-out";
const NAME = "leaving";

/** For a browser that remembers nothing. */
let leaving = false;

export const isLeaving = () => leaving || recall(NAME) === "1";

/** Somebody wants to be signed out. What they typed is forgotten at once; the device is out once `leave` says so. */
export function startLeaving(): void {
  leaving = true;
  remember(NAME, "1");
  forgetAll();
}

/** The device is signed out; throws when it may not be, and then it is still to be done, also by a page opened later. */
export async function leave(): Promise<void> {
  await signOut();
  forgetAll();
  stay();
}

/** Nobody is to be signed out any more. */
function stay(): void {
  leaving = false;
  remember(NAME, "");
}

const listen = (listener: () => void) => {
  window.addEventListener("storage", listener);
  return () => window.removeEventListener("storage", listener);
};

/** Whether somebody is being signed out here, in this tab or another. */
export const useLeaving = () => useSyncExternalStore(listen, isLeaving);
