using Xunit.Abstractions;
using Xunit.Sdk;

namespace MetadataGateway.StoreContract.Tests.Skipping;

/// <summary>A theory whose rows can end themselves as skipped, which this version of xunit has no means for.</summary>
[XunitTestCaseDiscoverer("MetadataGateway.StoreContract.Tests.Skipping.SkippableTheoryDiscoverer", "MetadataGateway.StoreContract.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class SkippableTheoryAttribute : TheoryAttribute;

/// <summary>Makes the test cases of a <see cref="SkippableTheoryAttribute"/>; xunit finds it by name.</summary>
public sealed class SkippableTheoryDiscoverer(IMessageSink diagnosticMessageSink) : TheoryDiscoverer(diagnosticMessageSink)
{
    /// <inheritdoc/>
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute, object[] dataRow) =>
        [new SkippableTestCase(
            DiagnosticMessageSink,
            discoveryOptions.MethodDisplayOrDefault(),
            discoveryOptions.MethodDisplayOptionsOrDefault(),
            testMethod,
            dataRow)];
}
