using System.Text;
using Tandem.Sip.Msml;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>Collects the keys that a leg's peer presses, for one MSML dialog. Lives on the engine's thread.</summary>
/// <param name="ended">Told once: the keys, and <c>dtmf.match</c>, <c>dtmf.nomatch</c> or <c>dtmf.noinput</c>.</param>
internal sealed class DigitCollector(string dialogId, MsmlDtmf wanted, long nowUs, Action<string, string> ended)
{
    private readonly StringBuilder _keys = new();
    private long _dueUs = nowUs + (wanted.FirstMs * 1000L);

    public string DialogId => dialogId;

    public bool IsOver { get; private set; }

    public void Press(char key, long nowUs)
    {
        if (IsOver)
            return;
        if (key == wanted.ReturnKey)
        {
            End("dtmf.match");
            return;
        }
        _keys.Append(key);
        _dueUs = nowUs + (wanted.NextMs * 1000L);
        if (_keys.Length >= wanted.Maximum)
            End("dtmf.match");
    }

    public void Tick(long nowUs)
    {
        if (!IsOver && nowUs >= _dueUs)
            End(_keys.Length == 0 ? "dtmf.noinput" : "dtmf.nomatch");
    }

    private void End(string how)
    {
        IsOver = true;
        ended(_keys.ToString(), how);
    }
}
