using System.Text.Json;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.WireContract;

/// <summary>
/// The protos of this repository are written by hand, and must be MLMD's on the wire. wire-contract.json states what those are, read
/// from MLMD's own descriptors; nothing may be missing, differ or be there in addition.
/// </summary>
public sealed class WireContractTests
{
    private static readonly SortedDictionary<string, string> Contract = ReadContract();

    private static readonly SortedDictionary<string, string> Compiled =
        DescriptorFacts.Of(MetadataStoreReflection.Descriptor, MetadataStoreServiceReflection.Descriptor);

    private static SortedDictionary<string, string> ReadContract()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "WireContract", "wire-contract.json")));
        return ContractFacts.Of(document.RootElement);
    }

    [Fact]
    public void Descriptors_Compiled_AreThoseOfTheContract()
    {
        var differences = Fact.Differences(Contract, Compiled);

        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n{string.Join('\n', differences)}");
    }

    [Theory]
    [InlineData(@"^message \S+ file$", 161)]
    [InlineData(@"^enum \S+ file$", 10)]
    [InlineData(@"^message \S+ field \d+ name$", 423)]
    [InlineData(@"^method \S+ request$", 52)]
    [InlineData(@"^extension \S+ number$", 1)]
    [InlineData(@"^enum \S+ value \d+ system type$", 53)]
    public void Contract_Read_IsWhole(string fact, int count)
    {
        Assert.Equal(count, Contract.Keys.Count(about => System.Text.RegularExpressions.Regex.IsMatch(about, fact)));
    }

    [Theory]
    [InlineData("message ml_metadata.Artifact field 3 name", "uri")]
    [InlineData("message ml_metadata.Artifact field 3 oneof", "none")]
    [InlineData("message ml_metadata.Artifact field 4 map value type", "ml_metadata.Value")]
    [InlineData("message ml_metadata.ArtifactType field 6 json_name", "baseType")]
    [InlineData("message ml_metadata.ListOperationOptions.OrderByField field 1 default", "ID")]
    [InlineData("message ml_metadata.PutLineageSubgraphResponse field 1 packed", "true")]
    [InlineData("message ml_metadata.PutArtifactsResponse field 1 packed", "false")]
    [InlineData("message ml_metadata.PutTypesRequest field 6 deprecated", "true")]
    [InlineData("message ml_metadata.GetArtifactsByURIRequest reserved numbers", "1-1")]
    [InlineData("message ml_metadata.TransactionOptions extension ranges", "1000-max")]
    [InlineData("enum ml_metadata.ExecutionType.SystemDefinedBaseType value 5 system type", "mlmd.Deploy")]
    [InlineData("method /ml_metadata.MetadataStoreService/GetLineageGraph deprecated", "true")]
    public void Facts_OfEachSort_AreReadFromBothSides(string about, string value)
    {
        Assert.Equal(value, Contract[about]);
        Assert.Equal(value, Compiled[about]);
    }

    [Fact]
    public void Differences_OfEachSort_AreToldTogether()
    {
        var expected = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2", ["c"] = "3" };
        var actual = new Dictionary<string, string> { ["a"] = "1", ["b"] = "9", ["d"] = "4" };

        var differences = Fact.Differences(expected, actual);

        string[] told = ["b: should be \"2\", is \"9\"", "c: should be \"3\", is missing", "d: should not be there, is \"4\""];
        Assert.Equal(told, differences);
    }
}
