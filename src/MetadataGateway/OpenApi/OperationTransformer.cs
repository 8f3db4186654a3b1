using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.Idempotency;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MetadataGateway.OpenApi;

/// <summary>Fills in what the routes alone do not say: path parameters, numbers among the query parameters, headers, and examples.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> PathParameters = new()
    {
        ["workspace"] = "Name of the workspace, percent-encoded (a slash as %2F).",
        ["run"] = "Name of the run, percent-encoded (a slash as %2F).",
        ["executionId"] = "Id of the execution.",
        ["artifactId"] = "Id of the artifact.",
        ["contextId"] = "Id of the context.",
        ["name"] = "Name of the type; its slashes may be raw or percent-encoded.",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        DescribeParameters(operation, context.Description, context.Document!);
        if (context.Description.HttpMethod == "PUT")
        {
            // It is read like a merge patch, but declares the whole.
            operation.RequestBody?.Content?.Remove("application/merge-patch+json");
        }

        AddHeaders(operation, context.Description.HttpMethod);
        AddPreference(operation, context.Description.ActionDescriptor);
        AddExamples(operation, context.Description.ActionDescriptor);
        AddFormats(operation, context.Description.ActionDescriptor);
        ResponseHeaders.AddTo(operation, context.Description);
        AddIdempotency(operation, context.Description.ActionDescriptor);
        ShareProblems(operation, context.Document);
        return Task.CompletedTask;
    }

    private static void DescribeParameters(OpenApiOperation operation, ApiDescription description, OpenApiDocument document)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter.In == ParameterLocation.Path && PathParameters.TryGetValue(parameter.Name!, out var text))
            {
                parameter.Description = text;
            }

            var declared = description.ParameterDescriptions.Where(candidate => candidate.Name == parameter.Name)
                .Select(candidate => (candidate.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo).FirstOrDefault();
            parameter.Schema = declared is null ? parameter.Schema : SchemaOf(declared, document) ?? parameter.Schema;
        }
    }

    private static IOpenApiSchema? SchemaOf(ParameterInfo parameter, OpenApiDocument document)
    {
        if (parameter.GetCustomAttribute<IntegerParameterAttribute>() is { } integer)
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int32",
                Minimum = integer.Minimum.ToString(CultureInfo.InvariantCulture),
                Maximum = integer.Maximum.ToString(CultureInfo.InvariantCulture),
                Default = JsonValue.Create(integer.DefaultValue),
            };
        }

        if (parameter.GetCustomAttribute<OneOfAttribute>() is { } oneOf)
        {
            return ChoiceSchema.In(document, oneOf.Name, oneOf.Values);
        }

        return parameter.GetCustomAttribute<BooleanParameterAttribute>() is null ? null : new OpenApiSchema { Type = JsonSchemaType.Boolean };
    }

    private static void AddHeaders(OpenApiOperation operation, string? method)
    {
        if (operation.Responses?.ContainsKey("304") == true)
        {
            AddHeader(operation, "If-None-Match", "Entity tags that the client has: 304 when one of them is current.");
        }
        else if (method == "PUT")
        {
            AddHeader(operation, "If-None-Match", "*: only create; 412 when it exists.");
        }

        if (operation.Responses?.ContainsKey("412") == true)
        {
            AddHeader(operation, "If-Match", "Entity tags of the state that is to be changed: 412 when the current one is not among them.");
        }

        AddHeader(
            operation, RequestTimeout.Header, "Seconds that the client waits for the answer: no call to the metadata store goes on longer, 504 then.",
            new OpenApiSchema { Type = JsonSchemaType.Number, ExclusiveMinimum = "0" });
    }

    private static void AddPreference(OpenApiOperation operation, ActionDescriptor action)
    {
        if (action.EndpointMetadata.OfType<ReturnPreference.Offer>().Any())
        {
            AddHeader(
                operation, ReturnPreference.Header,
                "return=minimal: the answer holds ids only (of a link 'artifactId' and 'key'), has no ETag, and says Preference-Applied: return=minimal.");
            foreach (var response in (operation.Responses ?? []).Where(entry => entry.Key is "200" or "201").Select(entry => entry.Value).OfType<OpenApiResponse>())
            {
                ResponseHeaders.Add(response, ReturnPreference.AppliedHeader, "return=minimal, when the answer holds ids only.");
            }
        }
    }

    private static void AddIdempotency(OpenApiOperation operation, ActionDescriptor action)
    {
        if (!action.EndpointMetadata.OfType<IdempotencyKey.Offer>().Any())
        {
            return;
        }

        AddHeader(
            operation, IdempotencyKey.Header,
            "A name that the client gives this request, for this method and path, so that it can be sent again: a repeat with the same body and query (white space and the "
            + "order of members do not matter) answers 200 with what the first one recorded, as it is now; with another body or query 422. A request that failed does not use "
            + "it up.",
            new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.MaxLength, Pattern = "^[!-~]+$" });
        if (operation.Responses?.GetValueOrDefault("200") is OpenApiResponse response)
        {
            response.Description = "It was there, or an earlier request with this Idempotency-Key recorded it.";
            ResponseHeaders.Add(response, "Location", "Path of the resource.");
            ResponseHeaders.Add(response, IdempotencyKey.ReplayedHeader, "true, when an earlier request with this Idempotency-Key recorded it.");
        }
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description, OpenApiSchema? schema = null)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = schema ?? new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    private static void AddExamples(OpenApiOperation operation, ActionDescriptor action)
    {
        var examples = action.EndpointMetadata.OfType<OperationExamples>().FirstOrDefault();
        if (examples?.Request is { } request)
        {
            foreach (var content in operation.RequestBody?.Content?.Values ?? [])
            {
                content.Example = JsonNode.Parse(request);
            }

            if (operation.RequestBody is OpenApiRequestBody body)
            {
                body.Required = true;
            }
        }

        foreach (var (_, response) in operation.Responses ?? [])
        {
            foreach (var (mediaType, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                content.Example = mediaType != ProblemWriter.ContentType && examples?.Response is { } json ? JsonNode.Parse(json) : null;
            }
        }
    }

    private static void AddFormats(OpenApiOperation operation, ActionDescriptor action)
    {
        foreach (var format in action.EndpointMetadata.OfType<OtherFormat>())
        {
            operation.Responses!["200"].Content![format.MediaType] =
                new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = format.Example };
        }
    }

    // Each problem is described once, among the document's components. In order of status, success first.
    private static void ShareProblems(OpenApiOperation operation, OpenApiDocument? document)
    {
        var responses = new OpenApiResponses();
        foreach (var (status, response) in (operation.Responses ?? []).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            responses[status] = response.Content?.ContainsKey(ProblemWriter.ContentType) == true
                ? new OpenApiResponseReference(ProblemResponses.NameOf(status), document)
                : response;
        }

        operation.Responses = responses;
    }
}
