namespace Tandem.WebServices.Users;

internal sealed record SignInForm(string UserName, string Password);
