// What Azure needs for the pipeline: Event Hubs, a storage account for lake and state, AKS, and who may do
// what. docs/azure.md deploys it; docs/security.md explains the roles.
//   az deployment group create --resource-group RG --template-file infra/main.bicep --parameters prefix=...
// Costs while idle, list prices of 2025 in a cheap region, to be checked with the price calculator:
// Event Hubs Standard about 22 USD a month and throughput unit, AKS nodes (3 x D4s v5) about 420 USD,
// AKS Standard tier about 73 USD, storage about 2 cents a GB and month. Nothing here is free of charge.
targetScope = 'resourceGroup'

@description('Start of all names; lower-case letters and digits, as storage accounts need.')
@minLength(3)
@maxLength(12)
param prefix string

@description('Region of all resources.')
param location string = resourceGroup().location

@description('Throughput units: each takes 1 MB/s or 1,000 events/s in, and gives twice that out.')
@minValue(1)
@maxValue(40)
param throughputUnits int = 2

@description('Most throughput units that the namespace scales itself up to; 0 switches that off.')
@minValue(0)
@maxValue(40)
param maximumThroughputUnits int = 10

@description('Partitions of the Event Hub: the most tasks that can read it. Standard cannot change it later.')
@minValue(1)
@maxValue(32)
param partitionCount int = 8

@description('How long events are kept, in days: how long the job may be down without loss.')
@minValue(1)
@maxValue(7)
param retentionDays int = 7

@description('Also let Event Hubs itself write all events to the container "capture", as Avro.')
param capture bool = false

@description('Redundancy of the storage account.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS'])
param storageSku string = 'Standard_ZRS'

@description('Let connection strings sign in to Event Hubs; false leaves Entra ID as the only way.')
param allowConnectionStrings bool = false

@description('Let the account key sign in to the storage; false leaves Entra ID as the only way.')
param allowStorageKeys bool = false

@description('Size of the AKS nodes.')
param nodeSize string = 'Standard_D4s_v5'

@description('Number of AKS nodes.')
@minValue(1)
param nodeCount int = 3

@description('Kubernetes namespace of the service accounts; docker/kubernetes uses this one.')
param kubernetesNamespace string = 'medallion'

var eventHubName = 'weather'
var consumerGroupName = 'medallion'
var lakeContainer = 'lake'
var stateContainer = 'state'
var captureContainer = 'capture'

// Built-in roles; the same in every subscription.
var eventHubsDataReceiver = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde')
var eventHubsDataSender = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2b629674-e913-4c01-ae53-ef4638d8f975')
var blobDataContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')
var blobDataReader = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')

// --- Event Hubs ---------------------------------------------------------------------------------------

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: '${prefix}-events'
  location: location
  sku: {
    // Basic has no Kafka endpoint.
    name: 'Standard'
    tier: 'Standard'
    capacity: throughputUnits
  }
  properties: {
    disableLocalAuth: !allowConnectionStrings
    isAutoInflateEnabled: maximumThroughputUnits > throughputUnits
    maximumThroughputUnits: maximumThroughputUnits > throughputUnits ? maximumThroughputUnits : 0
    kafkaEnabled: true
    minimumTlsVersion: '1.2'
  }
}

resource eventHub 'Microsoft.EventHub/namespaces/eventhubs@2024-01-01' = {
  parent: namespace
  name: eventHubName
  properties: {
    partitionCount: partitionCount
    retentionDescription: {
      cleanupPolicy: 'Delete'
      retentionTimeInHours: retentionDays * 24
    }
    captureDescription: capture ? {
      enabled: true
      encoding: 'Avro'
      intervalInSeconds: 300
      sizeLimitInBytes: 314572800
      skipEmptyArchives: true
      destination: {
        name: 'EventHubArchive.AzureBlockBlob'
        properties: {
          storageAccountResourceId: storage.id
          blobContainer: captureContainer
          archiveNameFormat: '{Namespace}/{EventHub}/{PartitionId}/{Year}/{Month}/{Day}/{Hour}/{Minute}/{Second}'
        }
      }
    } : null
  }
  dependsOn: [
    captureBlobs
  ]
}

resource consumerGroup 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = {
  parent: eventHub
  name: consumerGroupName
}

// Used only where connection strings are allowed: one that may listen, one that may send.
resource listen 'Microsoft.EventHub/namespaces/eventhubs/authorizationRules@2024-01-01' = if (allowConnectionStrings) {
  parent: eventHub
  name: 'listen'
  properties: {
    rights: [
      'Listen'
    ]
  }
}

resource send 'Microsoft.EventHub/namespaces/eventhubs/authorizationRules@2024-01-01' = if (allowConnectionStrings) {
  parent: eventHub
  name: 'send'
  properties: {
    rights: [
      'Send'
    ]
  }
}

// --- Storage ------------------------------------------------------------------------------------------

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: '${prefix}lake'
  location: location
  kind: 'StorageV2'
  sku: {
    name: storageSku
  }
  properties: {
    accessTier: 'Hot'
    // Hierarchical namespace: ADLS Gen2, where a rename is one atomic operation.
    isHnsEnabled: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: allowStorageKeys
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: storage
  name: 'default'
}

resource lakeBlobs 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobService
  name: lakeContainer
}

resource stateBlobs 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobService
  name: stateContainer
}

resource captureBlobs 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = if (capture) {
  parent: blobService
  name: captureContainer
}

// --- AKS and identities -------------------------------------------------------------------------------

resource cluster 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: '${prefix}-aks'
  location: location
  sku: {
    name: 'Base'
    tier: 'Standard'
  }
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    dnsPrefix: '${prefix}-aks'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: nodeCount
        vmSize: nodeSize
        osType: 'Linux'
      }
    ]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      // The network policies of docker/kubernetes need an engine that applies them.
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
    }
    oidcIssuerProfile: {
      enabled: true
    }
    securityProfile: {
      workloadIdentity: {
        enabled: true
      }
    }
  }
}

resource jobIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${prefix}-job'
  location: location
}

resource toolsIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${prefix}-tools'
  location: location
}

resource jobFederation 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = {
  parent: jobIdentity
  name: 'medallion'
  properties: {
    issuer: cluster.properties.oidcIssuerProfile.issuerURL
    subject: 'system:serviceaccount:${kubernetesNamespace}:medallion'
    audiences: [
      'api://AzureADTokenExchange'
    ]
  }
}

resource toolsFederation 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = {
  parent: toolsIdentity
  name: 'medallion-tools'
  properties: {
    issuer: cluster.properties.oidcIssuerProfile.issuerURL
    subject: 'system:serviceaccount:${kubernetesNamespace}:medallion-tools'
    audiences: [
      'api://AzureADTokenExchange'
    ]
  }
}

// --- Who may do what ----------------------------------------------------------------------------------

resource jobReceives 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(eventHub.id, jobIdentity.id, eventHubsDataReceiver)
  scope: eventHub
  properties: {
    roleDefinitionId: eventHubsDataReceiver
    principalId: jobIdentity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource toolsSend 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(eventHub.id, toolsIdentity.id, eventHubsDataSender)
  scope: eventHub
  properties: {
    roleDefinitionId: eventHubsDataSender
    principalId: toolsIdentity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource jobWritesLake 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(lakeBlobs.id, jobIdentity.id, blobDataContributor)
  scope: lakeBlobs
  properties: {
    roleDefinitionId: blobDataContributor
    principalId: jobIdentity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource jobWritesState 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(stateBlobs.id, jobIdentity.id, blobDataContributor)
  scope: stateBlobs
  properties: {
    roleDefinitionId: blobDataContributor
    principalId: jobIdentity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource toolsReadLake 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(lakeBlobs.id, toolsIdentity.id, blobDataReader)
  scope: lakeBlobs
  properties: {
    roleDefinitionId: blobDataReader
    principalId: toolsIdentity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// Each output is a value in ${...} of docker/kubernetes.
output eventHubsNamespace string = namespace.name
output storageAccount string = storage.name
output clusterName string = cluster.name
output azureClientId string = jobIdentity.properties.clientId
output toolsClientId string = toolsIdentity.properties.clientId
output tenantId string = tenant().tenantId
