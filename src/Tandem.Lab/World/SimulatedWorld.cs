using Tandem.Lab.Clients;
using Tandem.Lab.Phones;

namespace Tandem.Lab.World;

/// <summary>A whole small contact centre on this machine: real server, real SRS, simulated phones and screens.</summary>
public sealed class SimulatedWorld : IAsyncDisposable
{
    private readonly WorldOptions _options;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, ServerProcess> _servers = [];
    private readonly Dictionary<string, SimulatedPhone> _customers = [];
    private readonly Dictionary<string, AgentPlace> _agents = [];
    private ForkedCall? _fork;

    private SimulatedWorld(WorldOptions options, TimeProvider time) => (_options, _time) = (options, time);

    public ServerAddresses Addresses => _options.Addresses;

    /// <summary>RWS as the administrator sees it.</summary>
    public WebServicesClient Admin { get; private set; } = null!;

    public CtiWatcher Cti { get; private set; } = null!;

    public SimulatedPhone Customer => _customers[Parties.Customer];

    /// <summary>By party, <c>a1</c> and on.</summary>
    public IReadOnlyDictionary<string, AgentPlace> Agents => _agents;

    /// <summary>Starts everything, signs all agents in and makes them ready.</summary>
    public static async Task<SimulatedWorld> StartAsync(WorldOptions options, TimeProvider time, CancellationToken stop)
    {
        var world = new SimulatedWorld(options, time);
        try
        {
            await world.StartServersAsync(stop);
            await world.ProvisionAsync(stop);
            await Task.WhenAll(world.Phones.Values.Select(phone => phone.RegisterAsync(stop)));
            foreach (var agent in world._agents.Values)
                await agent.SignInAsync(time, stop);
            return world;
        }
        catch (Exception failure)
        {
            var tails = string.Join('\n', world._servers.Values.Select(server => server.Tail));
            await world.DisposeAsync();
            throw new LabException($"the simulated world does not start: {failure.Message}\n{tails}", failure);
        }
    }

    /// <summary>By party.</summary>
    public IReadOnlyDictionary<string, SimulatedPhone> Phones => _customers
        .Concat(_agents.Select(agent => KeyValuePair.Create(agent.Key, agent.Value.Phone))).ToDictionary();

    public SimulatedPhone PhoneOf(string party) => Phones[party];

    private async Task StartServersAsync(CancellationToken stop)
    {
        foreach (var roles in _options.Processes)
            await StartProcessAsync(roles, stop);
    }

    private async Task StartProcessAsync(string roles, CancellationToken stop) =>
        _servers[roles] = await ServerProcess.StartAsync(_options.DataFolder, Addresses, roles, stop, _options.RingSeconds, _options.TwoMonitors);

    private async Task ProvisionAsync(CancellationToken stop)
    {
        Admin = new WebServicesClient(Addresses.WebUri, "admin", LabSecrets.AdminPassword(_options.DataFolder));
        var token = LabSecrets.CtiAdminToken(_options.DataFolder);
        using var dns = new SwitchAdmin(Addresses.CtiUri, token);
        foreach (var party in new[] { Parties.Customer, Parties.SecondCustomer }.Take(_options.Customers))
            _customers.Add(party, await NewPhoneAsync(party, dns, record: false, 0, stop));
        for (var number = 1; number <= _options.Agents; number++)
            await ProvisionAgentAsync(number, dns, stop);
        var watched = Phones.Keys.Select(Parties.DnOf);
        Cti = await CtiWatcher.OpenAsync(Addresses.CtiSocket, token, watched, stop);
    }

    private async Task ProvisionAgentAsync(int number, SwitchAdmin dns, CancellationToken stop)
    {
        var party = Parties.Agent(number);
        var phone = await NewPhoneAsync(party, dns, _options.FullTime, number, stop);
        var web = new WebServicesClient(Addresses.WebUri, party, LabSecrets.NewPassword());
        await Admin.PutAgentAsync(party, web.Password, phone.Dn, _options.RecordAfterCallWork, _options.RecordingWhen, stop);
        var agent = await AgentPlace.SetUpAsync(
            phone, web, Path.Combine(_options.DataFolder, "lab", $"srs-{party}"), _options.TwoMonitors, _time, stop);
        _agents.Add(party, agent);
        if (_options.ScreenServices)
            await agent.StartRecorderAsync(await Admin.EnrolmentTokenAsync(stop), stop);
    }

    private async Task<SimulatedPhone> NewPhoneAsync(
        string party, SwitchAdmin dns, bool record, int number, CancellationToken stop)
    {
        var (dn, password) = (Parties.DnOf(party), LabSecrets.NewPassword());
        await dns.PutDnAsync(dn, password, record, party, stop);
        return new SimulatedPhone(
            dn, password, Addresses.Sip, new ToneSource(Tones.Of(party)), _time, _options.Impairment?.For(number));
    }

    /// <summary>A call that another company's SBC forks to MCP.</summary>
    public async Task ForkAsync(string agent, string customer, CancellationToken stop)
    {
        // Who is the agent MCP knows by RWS's registration of his DN alone.
        await _servers[ProcessOf("web")].FollowsMcpAsync(Addresses, stop);
        _fork = await ForkedCall.BeginAsync(Addresses.Mcp, Speaker(customer), Speaker(agent), _time, stop);

        ForkedSpeaker Speaker(string party) => new(
            Parties.DnOf(party), new PhoneMedia(new ToneSource(Tones.Of(party)), _time, _options.Impairment?.For(_agents.Keys.ToList().IndexOf(party) + 1)));
    }

    public Task EndForkAsync(CancellationToken stop) => _fork!.EndAsync(stop);

    /// <summary>Ends the process that has the role: SIGTERM, or SIGKILL.</summary>
    public async Task StopAsync(string role, bool kill)
    {
        var process = _servers[ProcessOf(role)];
        if (kill)
            process.Kill();
        else
            await process.StopAsync();
    }

    /// <summary>Starts it again on the same data.</summary>
    public async Task StartAsync(string role, CancellationToken stop)
    {
        await _servers[ProcessOf(role)].DisposeAsync();
        await StartProcessAsync(ProcessOf(role), stop);
    }

    private string ProcessOf(string role) => _servers.Keys.First(roles => roles.Split(',').Contains(role));

    /// <summary>The last words of every process, for a report of failure.</summary>
    public string Tails() => string.Join('\n', _servers.Values.Select(server => server.Tail)
        .Concat(_agents.Values.Select(agent => agent.Recorder?.Tail ?? "")));

    public async ValueTask DisposeAsync()
    {
        if (Cti is not null)
            await Cti.DisposeAsync();
        if (_fork is not null)
            await _fork.DisposeAsync();
        foreach (var agent in _agents.Values)
            await agent.DisposeAsync();
        foreach (var customer in _customers.Values)
            await customer.DisposeAsync();
        foreach (var roles in _options.Processes.Reverse())
            if (_servers.TryGetValue(roles, out var server))
                await server.DisposeAsync();
        Admin?.Dispose();
    }
}
