/** What viewers see when nobody answers and the team gave no page. It loads nothing, and has a dark color scheme. */
export const defaultErrorPage = `<!doctype html>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>Temporarily unavailable</title>
        <style>
            :root { color-scheme: light dark; background: Canvas; color: CanvasText; }
            body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem; }
            h1 { font-size: 1.75rem; line-height: 1.25; }
        </style>
    </head>
    <body>
        <main>
            <h1>This site is temporarily unavailable</h1>
            <p>We are working on it. Please try again in a few minutes.</p>
        </main>
    </body>
</html>
`;
