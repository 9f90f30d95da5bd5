namespace Tandem.Contracts.Srs;

/// <param name="SessionId">Names this binding; a later sign-in elsewhere ends it.</param>
public sealed record SignInReply(string AgentId, string UserName, string SessionId);
