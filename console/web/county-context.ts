/** The county's clock for every part of the page: its zone, and what time it is there. */
import { createContext, useContext } from "react";
import type { CountyClock } from "./words/link-words.ts";

const CountyContext = createContext<CountyClock>({ utcOffsetMinutes: 480, nowMs: 0 });

export const CountyProvider = CountyContext.Provider;

export function useCounty(): CountyClock {
  return useContext(CountyContext);
}
