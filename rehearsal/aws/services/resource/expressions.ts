/** Whether WAF and load balancers take a regular expression. Source: WAF developer guide, "Supported regular expression syntax": PCRE without back references and look-around. */
export function isExpression(expression: string): boolean {
    if (expression === "" || expression.length > 512 || /\\[1-9]|\(\?(<?[=!]|>)/.test(expression)) {
        return false;
    }
    try {
        new RegExp(
            expression
                .replace(/\(\?[imsx-]+\)/g, "")
                .replace(/\(\?[imsx-]+:/g, "(?:")
                .replace(/\\[AzZQEhH]/g, "."),
        );
        return true;
    } catch {
        return false;
    }
}
