/** Name and version of the program, as records and the county are told. */
export const SOFTWARE = "one-room 0.1.0";
