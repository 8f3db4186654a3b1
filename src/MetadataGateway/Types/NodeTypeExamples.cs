namespace MetadataGateway.Types;

/// <summary>JSON texts for the OpenAPI document: two requests that lead to the same stored type.</summary>
internal sealed record NodeTypeExample(string Create, string Put, string Response);

internal static class NodeTypeExamples
{
    public static readonly NodeTypeExample Artifact = new(
        """{"name": "acme.org/v1/report", "description": "Evaluation report", "baseType": "METRICS", "properties": {"accuracy": "DOUBLE"}}""",
        """{"properties": {"accuracy": "DOUBLE"}}""",
        """
        {"id": "18", "name": "acme.org/v1/report", "version": null, "description": "Evaluation report", "baseType": "METRICS",
         "properties": {"accuracy": "DOUBLE"}, "etag": "\"5d41402abc4b2a76b9719d91\""}
        """);

    public static readonly NodeTypeExample Execution = new(
        """{"name": "acme.org/v1/trainer", "version": "2", "baseType": "TRAIN", "properties": {"epochs": "INT"}}""",
        """{"properties": {"epochs": "INT"}}""",
        """
        {"id": "19", "name": "acme.org/v1/trainer", "version": "2", "description": null, "baseType": "TRAIN",
         "properties": {"epochs": "INT"}, "etag": "\"5d41402abc4b2a76b9719d91\""}
        """);

    public static readonly NodeTypeExample Context = new(
        """{"name": "acme.org/v1/experiment", "properties": {"hypothesis": "STRING"}}""",
        """{"properties": {"hypothesis": "STRING"}}""",
        """
        {"id": "20", "name": "acme.org/v1/experiment", "version": null, "description": null, "baseType": null,
         "properties": {"hypothesis": "STRING"}, "etag": "\"5d41402abc4b2a76b9719d91\""}
        """);
}
