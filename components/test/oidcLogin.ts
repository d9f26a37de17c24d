/** A login at an OpenID Connect provider, with the fewest arguments. */
export const oidcLogin = {
    issuer: "https://login.example.com",
    authorizationEndpoint: "https://login.example.com/authorize",
    tokenEndpoint: "https://login.example.com/token",
    userInfoEndpoint: "https://login.example.com/userinfo",
    clientId: "client",
    clientSecret: "secret",
};
