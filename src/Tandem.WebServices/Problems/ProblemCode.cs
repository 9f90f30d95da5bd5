namespace Tandem.WebServices.Problems;

/// <summary>Everything a client may be told went wrong: the one list. On the wire <c>urn:tandem:problem:</c> and the
/// name in kebab case (RFC 9457 <c>type</c>), and <c>code</c> in camelCase.</summary>
internal enum ProblemCode
{
    InvalidRequest,
    NotSignedIn,
    SignInFailed,
    TooManyAttempts,
    Forbidden,
    CsrfTokenMissing,
    NotFound,
    AlreadyExists,
    TokenNotValid,
    NoDn,
    NotAtWork,
    SwitchUnavailable,
    SwitchRefused,
    NotConfirmed,
    NoMediaYet,
    MediaDamaged,
    OnHold,
    Internal,
}
