/**
 * The ids of the three lessons that come with the project; their packages lie in `samples/<id>/`.
 */
export const SAMPLE_LESSONS = {
  rice: "rice-blast-2026",
  howTo: "study-day-howto",
  fire: "home-fire-safety",
} as const;
