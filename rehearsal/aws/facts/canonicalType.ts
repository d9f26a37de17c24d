/** The one name of a type whose service has two module names: `aws:alb/listener:Listener` is `aws:lb/listener:Listener`. */
export function canonicalType(type: string): string {
    return type.replace(/^aws:alb\//, "aws:lb/");
}
