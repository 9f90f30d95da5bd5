namespace Tandem.WebServices.Users;

internal enum SignInOutcome { Accepted, WrongNameOrPassword, Locked }
