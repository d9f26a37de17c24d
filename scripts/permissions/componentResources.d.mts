export function componentResources(name?: string): { readonly type: string; readonly name: string }[];
