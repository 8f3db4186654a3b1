using Google.Protobuf.Collections;
using MetadataGateway.Artifacts;
using MetadataGateway.Idempotency;
using MlMetadata;

namespace MetadataGateway.Tests.Idempotency;

public sealed class MarkerPlacesTests
{
    [Fact]
    public void Read_OfWhatWasWritten_GivesEachPlace()
    {
        var (first, second, stored) = (new PlannedArtifact(), new PlannedArtifact(), new PlannedArtifact { Stored = new Artifact(), Id = long.MaxValue });
        var properties = new MapField<string, Value>();

        MarkerPlaces.Write(properties, [first, stored, first, second, stored, second]);

        Assert.Equal(
            [new(null, 0), new(long.MaxValue, 0), new(null, 0), new(null, 1), new(long.MaxValue, 0), new(null, 1)], MarkerPlaces.Read(properties, 6));
    }

    [Fact]
    public void Read_OfPlacesInManyParts_GivesEachPlace()
    {
        var stored = Enumerable.Range(0, 1000).Select(i => new PlannedArtifact { Stored = new Artifact(), Id = long.MaxValue - i }).ToList();
        var properties = new MapField<string, Value>();

        MarkerPlaces.Write(properties, stored);

        Assert.Equal(10, properties.Count);
        Assert.Equal(stored.Select(artifact => artifact.Id), MarkerPlaces.Read(properties, 1000).Select(place => place.StoredId!.Value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Read_OfNewOnesOnly_NeedsNoProperty(int count)
    {
        var properties = new MapField<string, Value>();

        MarkerPlaces.Write(properties, [.. Enumerable.Range(0, count).Select(_ => new PlannedArtifact())]);

        Assert.Empty(properties);
        Assert.Equal(Enumerable.Range(0, count).Select(i => new MarkerPlace(null, i)), MarkerPlaces.Read(properties, count));
    }
}
