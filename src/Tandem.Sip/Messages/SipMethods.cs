namespace Tandem.Sip.Messages;

/// <summary>Names of the methods this library knows. Methods are case-sensitive (RFC 3261 §7.1); any other token is allowed too.</summary>
public static class SipMethods
{
    public const string Invite = "INVITE";
    public const string Ack = "ACK";
    public const string Bye = "BYE";
    public const string Cancel = "CANCEL";
    public const string Options = "OPTIONS";
    public const string Register = "REGISTER";
    public const string Info = "INFO";
    public const string Refer = "REFER";
    public const string Notify = "NOTIFY";
    public const string Subscribe = "SUBSCRIBE";
    public const string Update = "UPDATE";
    public const string Prack = "PRACK";
    public const string Message = "MESSAGE";
    public const string Publish = "PUBLISH";

    private static readonly string[] Known =
        [Invite, Ack, Bye, Cancel, Options, Register, Info, Refer, Notify, Subscribe, Update, Prack, Message, Publish];

    /// <summary>The shared string of a known method, so that parsing allocates none; otherwise a new string.</summary>
    internal static string Intern(ReadOnlySpan<byte> name)
    {
        foreach (var known in Known)
        {
            if (System.Text.Ascii.Equals(name, known)) return known;
        }
        return System.Text.Encoding.UTF8.GetString(name);
    }
}
