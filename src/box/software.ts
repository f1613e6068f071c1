/** Version of the program, by which lessons are judged; and as records and the county are told. */
export const VERSION = "0.1.0";
export const SOFTWARE = `one-room ${VERSION}`;
