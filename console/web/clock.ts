/** The one place where the page reads this computer's clock. */
export function nowMs(): number {
  return Date.now();
}
