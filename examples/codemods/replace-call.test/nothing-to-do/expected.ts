export const parse = (link) => link;
