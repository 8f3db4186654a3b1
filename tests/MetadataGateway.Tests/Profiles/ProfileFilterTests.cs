using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>What each profile makes of the same filters, over the same records.</summary>
public sealed class ProfileFilterTests
{
    private static readonly string[] Columns = ["embedded", "sqlite", "mysql", "postgresql"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var filter in Expected.Keys)
            {
                foreach (var profile in Columns)
                {
                    cases.Add(profile, filter);
                }
            }

            return cases;
        }
    }

    // In the order of the columns. Artifacts: 1 "name", 2 "Alpha", 3 "a_b", 4 "it's", each with its properties below.
    private static Dictionary<string, string[]> Expected { get; } = new()
    {
        ["name = 'Alpha'"] = ["2", "2", "2", "2"],
        ["name = 'alpha '"] = ["", "", "2", ""],
        ["name IN ('ALPHA', 'A_B')"] = ["", "", "2,3", ""],
        ["name != 'alpha'"] = ["1,2,3,4", "1,2,3,4", "1,3,4", "1,2,3,4"],
        ["name LIKE 'aL%'"] = ["2", "2", "2", ""],
        ["name LIKE 'a\\\\_b'"] = ["", "", "3", ""],
        ["name = 'name'"] = ["1", "1,2,3,4", "1", "1"],
        ["name = 'uri'"] = ["", "", "", ""],
        ["uri = 'uri'"] = ["2", "1,2,3,4", "2", "2"],
        ["name = 'it\\'s'"] = ["4", "", "4", "Internal"],
        ["name = \"it's\""] = ["4", "4", "4", "Internal"],
        ["uri = 'back\\\\slash'"] = ["3", "", "3", ""],
        ["custom_properties.Upper.int_value = 1"] = ["1", "2", "1,2", "2"],
        ["custom_properties.upper.int_value = 1"] = ["2", "2", "1,2", "2"],
        ["custom_properties.name.string_value = 'x'"] = ["3", "3,4", "3", "3"],
        ["custom_properties.string_value.string_value = 'x'"] = ["4", "", "4", "4"],
        ["custom_properties.upper.int_value < 1.5"] = ["2", "2", "Internal", "Internal"],
        ["id / 2 = 1"] = ["2", "2", "Internal", "Internal"],
        ["custom_properties.d.double_value > 0.5 AND id < 9"] = ["1", "1", "1", "1"],
        ["state = LIVE OR state = LIVE"] = ["1", "InvalidArgument", "InvalidArgument", "InvalidArgument"],
        ["state != LIVE OR state = LIVE"] = ["1,2,3,4", "InvalidArgument", "InvalidArgument", "InvalidArgument"],
        ["state = LIVE OR state = PENDING"] = ["1", "1", "1", "1"],
        ["state = ABANDONED"] = ["", "InvalidArgument", "InvalidArgument", "InvalidArgument"],
        ["custom_properties.a.int_value = 1 OR custom_properties.A.int_value = 1"] = ["", "InvalidArgument", "InvalidArgument", "InvalidArgument"],
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Filter_OnThisProfile_SelectsWhatThatMlmdWould(string profile, string filter)
    {
        await using var server = new ProfileServer(MlmdProfile.Named(profile));
        await FillAsync(server);

        var selected = await server.SelectAsync(filter);

        Assert.Equal(Expected[filter][Array.IndexOf(Columns, profile)], selected);
    }

    [Fact]
    public async Task Filter_WithoutFilters_IsLookedAtLast()
    {
        await using var server = new ProfileServer(MlmdProfile.Release121);
        ListOperationOptions options = new() { FilterQuery = "anything" };

        var empty = await ProfileServer.StatusOf(server.Client.GetArtifactsByTypeAsync(new() { TypeName = "T", Options = options }));
        await server.ArtifactAsync(new());
        var filled = await ProfileServer.StatusOf(server.Client.GetArtifactsByTypeAsync(new() { TypeName = "T", Options = options }));
        var lineage = await ProfileServer.StatusOf(server.Client.GetLineageSubgraphAsync(Lineage(0)));
        var wrong = await ProfileServer.StatusOf(server.Client.GetLineageSubgraphAsync(Lineage(-1)));

        Assert.Equal([StatusCode.OK, StatusCode.Unimplemented, StatusCode.Unimplemented, StatusCode.InvalidArgument], [empty, filled, lineage, wrong]);
    }

    // Behind the profile: some of it could not be stored through it.
    private static async Task FillAsync(ProfileServer server)
    {
        var type = await server.Inner.PutArtifactTypeAsync(new() { ArtifactType = new() { Name = "T" } });
        Artifact[] artifacts =
        [
            new() { Name = "name", State = Artifact.Types.State.Live, Uri = "u", CustomProperties = { ["Upper"] = new() { IntValue = 1 }, ["d"] = new() { DoubleValue = 0.75 } } },
            new() { Name = "Alpha", Uri = "uri", CustomProperties = { ["upper"] = new() { IntValue = 1 } } },
            new() { Name = "a_b", Uri = "back\\slash", CustomProperties = { ["name"] = new() { StringValue = "x" } } },
            new() { Name = "it's", Uri = "v", CustomProperties = { ["string_value"] = new() { StringValue = "x" } } },
        ];
        foreach (var artifact in artifacts)
        {
            artifact.TypeId = type.TypeId;
        }

        await server.Inner.PutArtifactsAsync(new() { Artifacts = { artifacts } });
    }

    private static GetLineageSubgraphRequest Lineage(int hops) =>
        new() { LineageSubgraphQueryOptions = new() { StartingArtifacts = new() { FilterQuery = "id = 1" }, MaxNumHops = hops } };
}
