using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MetadataGateway.Json;
using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Tests.Json;

public sealed class StrictJsonReaderTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter() },
    };

    [Fact]
    public void Read_OfAGoodBody_GivesTheRecord()
    {
        var (request, faults) = Read("""
            {"name":"train","count":3,"ratio":0.5,"final":true,"state":"RUNNING","at":"2026-11-24T08:15:30.123Z",
             "labels":{"a":"b","gone":null},"outputs":[{"uri":"u"},{"uri":null}],"tags":["x"],"anything":[1.0,null],"framework":{"v":1.0}}
            """);

        Assert.Empty(faults);
        Assert.Equal(("train", 3, 0.5, true, JobState.RUNNING), (request!.Name, request.Count, request.Ratio, request.Final, request.State));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 8, 15, 30, 123, TimeSpan.Zero), request.At);
        Assert.Equal(["u", null], request.Outputs!.Select(output => output.Uri));
        Assert.Null(request.Labels!["gone"]);
        Assert.Equal("[1.0,null]", request.Anything!.Value.GetRawText());
        Assert.Equal("""{"v": 1.0}""", PythonJsonWriter.Write(request.Framework));
    }

    [Fact]
    public void Read_OfNulls_TakesThemWhereTheRecordCan()
    {
        var (request, faults) = Read("""
            {"name":null,"count":null,"ratio":null,"labels":null,"outputs":null,"tags":null,"anything":null,"framework":null,"state":null}
            """);

        Assert.Empty(faults);
        Assert.Null(request!.Name);
        Assert.Null(request.Count);
        Assert.Null(request.Framework);
    }

    [Theory]
    [InlineData("""{"name":5}""", "name", "'name' must be a string.")]
    [InlineData("""{"count":"5"}""", "count", "'count' must be an integer from -2147483648 to 2147483647.")]
    [InlineData("""{"count":1.0}""", "count", "'count' must be an integer from -2147483648 to 2147483647.")]
    [InlineData("""{"count":2147483648}""", "count", "'count' must be an integer from -2147483648 to 2147483647.")]
    [InlineData("""{"ratio":"1"}""", "ratio", "'ratio' must be a number.")]
    [InlineData("""{"ratio":1e999}""", "ratio", "'ratio' must be a number.")]
    [InlineData("""{"final":0}""", "final", "'final' must be true or false.")]
    [InlineData("""{"final":null}""", "final", "'final' must be true or false.")]
    [InlineData("""{"state":"running"}""", "state", "'state' must be one of NEW, RUNNING.")]
    [InlineData("""{"state":1}""", "state", "'state' must be one of NEW, RUNNING.")]
    [InlineData("""{"at":"yesterday"}""", "at", "'at' must be a time like \"2026-11-24T08:15:30.123Z\".")]
    [InlineData("""{"labels":[]}""", "labels", "'labels' must be an object.")]
    [InlineData("""{"labels":{"a.b":1}}""", "labels['a.b']", "'labels['a.b']' must be a string.")]
    [InlineData("""{"outputs":{}}""", "outputs", "'outputs' must be an array.")]
    [InlineData("""{"outputs":[{"uri":"u"},3]}""", "outputs[1]", "'outputs[1]' must be an object.")]
    [InlineData("""{"outputs":[null]}""", "outputs[0]", "'outputs[0]' must be an object.")]
    [InlineData("""{"outputs":[{"uri":{}}]}""", "outputs[0].uri", "'outputs[0].uri' must be a string.")]
    [InlineData("""{"tags":[null]}""", "tags[0]", "'tags[0]' must be a string.")]
    [InlineData("""{"framework":"tensorflow"}""", "framework", "'framework' must be an object.")]
    [InlineData("[]", "$", "The body must be an object.")]
    [InlineData("null", "$", "The body must be an object.")]
    [InlineData("\"a\"", "$", "The body must be an object.")]
    public void Read_OfAWrongType_SaysWhatIsExpectedWhere(string body, string path, string message)
    {
        var (request, faults) = Read(body);

        Assert.Null(request);
        Assert.Equal((path, message), Assert.Single(faults));
    }

    [Theory]
    [InlineData("""{"nmae":"x"}""", "nmae", "'nmae' is not a field of the body; did you mean 'name'?")]
    [InlineData("""{"Name":"x"}""", "Name", "'Name' is not a field of the body; did you mean 'name'?")]
    [InlineData("""{"frame_work":{}}""", "frame_work", "'frame_work' is not a field of the body; did you mean 'framework'?")]
    [InlineData("""{"secret":1}""", "secret", "'secret' is not a field of the body; known fields: name, count, ratio, final, state, at, labels, outputs, tags, anything, framework.")]
    [InlineData("""{"hidden":1}""", "hidden", "'hidden' is not a field of the body; known fields: name, count, ratio, final, state, at, labels, outputs, tags, anything, framework.")]
    [InlineData("""{"outputs":[{"url":"u"}]}""", "outputs[0].url", "'url' is not a field of 'outputs[0]'; did you mean 'uri'?")]
    [InlineData("""{"outputs":[{"a b":"u"}]}""", "outputs[0]['a b']", "'a b' is not a field of 'outputs[0]'; known fields: uri, key.")]
    public void Read_OfAnUnknownField_NamesItAndTheLikelyOne(string body, string path, string message)
    {
        var (request, faults) = Read(body);

        Assert.Null(request);
        Assert.Equal((path, message), Assert.Single(faults));
    }

    [Fact]
    public void Read_OfManyFaults_GivesThemAll()
    {
        var (_, faults) = Read("""{"name":1,"outputs":[{"uri":2,"x":3}],"labels":{"a":{}}}""");

        Assert.Equal(["name", "outputs[0].uri", "outputs[0].x", "labels.a"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Read_OfFaultsWithoutEnd_GivesAHundred()
    {
        var (_, faults) = Read("{" + string.Join(',', Enumerable.Range(0, 1000).Select(number => $"\"field{number}\":1")) + "}");

        Assert.Equal(100, faults.Count);
    }

    [Fact]
    public void Read_OfABodyWithoutARequiredField_NamesIt()
    {
        var faults = new List<(string Path, string Message)>();

        StrictJsonReader.Read<Named>(JsonDocument.Parse("""{"title":"x"}""").RootElement, Options, faults);

        Assert.Equal([("title", "'title' is not a field of the body; known fields: name."), ("name", "'name' is required.")], faults);
    }

    [Fact]
    public void Read_OfWhatAConverterRefuses_IsAFaultWithoutTypeNames()
    {
        var faults = new List<(string Path, string Message)>();

        StrictJsonReader.Read<Scheduled>(JsonDocument.Parse("""{"inner":{"day":"x"}}""").RootElement, Options, faults);

        Assert.Equal(("inner.day", "The value is not valid here."), Assert.Single(faults));
    }

    [Fact]
    public void Read_OfMembersThatDifferInCase_KeepsBoth()
    {
        var (request, faults) = Read("""{"framework":{"lr":1,"LR":2}}""");

        Assert.Empty(faults);
        Assert.Equal("""{"lr": 1, "LR": 2}""", PythonJsonWriter.Write(request!.Framework));
    }

    [Fact]
    public void Read_WithOptionsThatIgnoreCase_Throws()
    {
        var body = JsonDocument.Parse("{}").RootElement;

        Assert.Throws<ArgumentException>(() => StrictJsonReader.Read<Job>(body, JsonSerializerOptions.Web, []));
    }

    private static (Job? Request, List<(string Path, string Message)> Faults) Read(string body)
    {
        var faults = new List<(string Path, string Message)>();
        return (StrictJsonReader.Read<Job>(JsonDocument.Parse(body).RootElement, Options, faults), faults);
    }

    private enum JobState
    {
        NEW,
        RUNNING,
    }

    private sealed record Job(
        string? Name,
        int? Count,
        double? Ratio,
        bool Final,
        JobState? State,
        DateTimeOffset? At,
        Dictionary<string, string?>? Labels,
        IReadOnlyList<Output>? Outputs,
        List<string>? Tags,
        JsonElement? Anything,
        JsonObject? Framework)
    {
        [JsonIgnore]
        public string? Hidden { get; init; }

        public string Derived => Name ?? "";
    }

    private sealed record Output(string? Uri, string? Key);

    private sealed record Named
    {
        public required string Name { get; init; }
    }

    private sealed record Scheduled(ScheduledDay? Inner);

    private sealed record ScheduledDay
    {
        [JsonConverter(typeof(DayConverter))]
        public int Day { get; init; }
    }

    private sealed class DayConverter : JsonConverter<int>
    {
        public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new JsonException();

        public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }
}
