// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{
        Cable, CableEnd, Device, InterfaceMode, InterfaceType, MacAddress, Module, PoeMode, PoeType, RfRole,
        VirtualDeviceContext,
    },
    extras::Tag,
    ipam::{Vlan, VlanTranslationPolicy, Vrf},
    users::Owner,
    vpn::L2vpnTermination,
    wireless::{WirelessLan, WirelessLink},
};

/// A network interface of a device.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interfaces")]
#[non_exhaustive]
pub struct Interface {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub device: Fk<Device>,
    #[fk]
    pub vdcs: Vec<Fk<VirtualDeviceContext>>,
    #[fk]
    pub module: Option<Fk<Module>>,
    pub name: String,
    /// The text printed on it.
    pub label: String,
    pub r#type: InterfaceType,
    /// How many channels it can be split into. From NetBox 4.7 on.
    pub channels: Option<u32>,
    /// Which of the parent's channels it is. From NetBox 4.7 on.
    pub channel_id: Option<u32>,
    pub enabled: bool,
    #[fk]
    pub parent: Option<Fk<Interface>>,
    #[fk]
    pub bridge: Option<Fk<Interface>>,
    /// From NetBox 4.4 on.
    #[fk]
    #[serde(default)]
    #[netbox(read_only)]
    pub bridge_interfaces: Vec<Fk<Interface>>,
    #[fk]
    pub lag: Option<Fk<Interface>>,
    /// In bytes.
    pub mtu: Option<u32>,
    /// The address of `primary_mac_address`. NetBox takes it from 4.7 on.
    pub mac_address: Option<String>,
    #[fk]
    pub primary_mac_address: Option<Fk<MacAddress>>,
    #[fk]
    #[netbox(read_only)]
    pub mac_addresses: Vec<Fk<MacAddress>>,
    /// In kbit/s.
    pub speed: Option<u64>,
    pub duplex: Option<InterfaceDuplex>,
    /// The world wide name of Fibre Channel.
    pub wwn: Option<String>,
    /// Whether it only serves to manage the device.
    pub mgmt_only: bool,
    pub description: String,
    pub mode: Option<InterfaceMode>,
    pub rf_role: Option<RfRole>,
    pub rf_channel: Option<RfChannel>,
    pub poe_mode: Option<PoeMode>,
    pub poe_type: Option<PoeType>,
    /// In MHz.
    pub rf_channel_frequency: Option<Decimal>,
    /// In MHz.
    pub rf_channel_width: Option<Decimal>,
    /// In dBm.
    pub tx_power: Option<i16>,
    #[fk]
    pub untagged_vlan: Option<Fk<Vlan>>,
    #[fk]
    pub tagged_vlans: Vec<Fk<Vlan>>,
    #[fk]
    pub qinq_svlan: Option<Fk<Vlan>>,
    #[fk]
    pub vlan_translation_policy: Option<Fk<VlanTranslationPolicy>>,
    /// Whether it counts as connected, even without a cable.
    pub mark_connected: bool,
    #[fk]
    #[netbox(read_only)]
    pub cable: Option<Fk<Cable>>,
    #[netbox(read_only)]
    pub cable_end: Option<CableEnd>,
    #[fk]
    #[netbox(read_only)]
    pub wireless_link: Option<Fk<WirelessLink>>,
    /// The objects at the other end of the cable.
    #[netbox(read_only)]
    pub link_peers: Vec<GenericFk>,
    /// The type of all of them, such as `dcim.interface`.
    #[netbox(read_only)]
    pub link_peers_type: Option<String>,
    #[fk]
    pub wireless_lans: Vec<Fk<WirelessLan>>,
    #[fk]
    pub vrf: Option<Fk<Vrf>>,
    #[fk]
    #[netbox(read_only)]
    pub l2vpn_termination: Option<Fk<L2vpnTermination>>,
    /// The objects at the other end of the whole path; none without a cable.
    #[netbox(read_only)]
    pub connected_endpoints: Option<Vec<GenericFk>>,
    /// The type of all of them, such as `dcim.interface`.
    #[netbox(read_only)]
    pub connected_endpoints_type: Option<String>,
    /// Whether the path is complete, and none of its cables is merely planned.
    #[netbox(read_only)]
    pub connected_endpoints_reachable: Option<bool>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    #[netbox(read_only)]
    pub count_ipaddresses: u64,
    #[netbox(read_only)]
    pub count_fhrp_groups: u64,
    /// Whether there is a cable, or the port is marked as connected.
    #[serde(rename = "_occupied")]
    #[netbox(filter = "occupied")]
    pub occupied: bool,
}

choice_set! {
    /// The values of [`Interface::duplex`].
    pub enum InterfaceDuplex {
        Half = "half",
        Full = "full",
        Auto = "auto",
    }
}

choice_set! {
    /// The values of [`Interface::rf_channel`].
    pub enum RfChannel {
        Channel2_4G1_2412_22 = "2.4g-1-2412-22",
        Channel2_4G2_2417_22 = "2.4g-2-2417-22",
        Channel2_4G3_2422_22 = "2.4g-3-2422-22",
        Channel2_4G4_2427_22 = "2.4g-4-2427-22",
        Channel2_4G5_2432_22 = "2.4g-5-2432-22",
        Channel2_4G6_2437_22 = "2.4g-6-2437-22",
        Channel2_4G7_2442_22 = "2.4g-7-2442-22",
        Channel2_4G8_2447_22 = "2.4g-8-2447-22",
        Channel2_4G9_2452_22 = "2.4g-9-2452-22",
        Channel2_4G10_2457_22 = "2.4g-10-2457-22",
        Channel2_4G11_2462_22 = "2.4g-11-2462-22",
        Channel2_4G12_2467_22 = "2.4g-12-2467-22",
        Channel2_4G13_2472_22 = "2.4g-13-2472-22",
        Channel5G32_5160_20 = "5g-32-5160-20",
        Channel5G34_5170_40 = "5g-34-5170-40",
        Channel5G36_5180_20 = "5g-36-5180-20",
        Channel5G38_5190_40 = "5g-38-5190-40",
        Channel5G40_5200_20 = "5g-40-5200-20",
        Channel5G42_5210_80 = "5g-42-5210-80",
        Channel5G44_5220_20 = "5g-44-5220-20",
        Channel5G46_5230_40 = "5g-46-5230-40",
        Channel5G48_5240_20 = "5g-48-5240-20",
        Channel5G50_5250_160 = "5g-50-5250-160",
        Channel5G52_5260_20 = "5g-52-5260-20",
        Channel5G54_5270_40 = "5g-54-5270-40",
        Channel5G56_5280_20 = "5g-56-5280-20",
        Channel5G58_5290_80 = "5g-58-5290-80",
        Channel5G60_5300_20 = "5g-60-5300-20",
        Channel5G62_5310_40 = "5g-62-5310-40",
        Channel5G64_5320_20 = "5g-64-5320-20",
        Channel5G100_5500_20 = "5g-100-5500-20",
        Channel5G102_5510_40 = "5g-102-5510-40",
        Channel5G104_5520_20 = "5g-104-5520-20",
        Channel5G106_5530_80 = "5g-106-5530-80",
        Channel5G108_5540_20 = "5g-108-5540-20",
        Channel5G110_5550_40 = "5g-110-5550-40",
        Channel5G112_5560_20 = "5g-112-5560-20",
        Channel5G114_5570_160 = "5g-114-5570-160",
        Channel5G116_5580_20 = "5g-116-5580-20",
        Channel5G118_5590_40 = "5g-118-5590-40",
        Channel5G120_5600_20 = "5g-120-5600-20",
        Channel5G122_5610_80 = "5g-122-5610-80",
        Channel5G124_5620_20 = "5g-124-5620-20",
        Channel5G126_5630_40 = "5g-126-5630-40",
        Channel5G128_5640_20 = "5g-128-5640-20",
        Channel5G132_5660_20 = "5g-132-5660-20",
        Channel5G134_5670_40 = "5g-134-5670-40",
        Channel5G136_5680_20 = "5g-136-5680-20",
        Channel5G138_5690_80 = "5g-138-5690-80",
        Channel5G140_5700_20 = "5g-140-5700-20",
        Channel5G142_5710_40 = "5g-142-5710-40",
        Channel5G144_5720_20 = "5g-144-5720-20",
        Channel5G149_5745_20 = "5g-149-5745-20",
        Channel5G151_5755_40 = "5g-151-5755-40",
        Channel5G153_5765_20 = "5g-153-5765-20",
        Channel5G155_5775_80 = "5g-155-5775-80",
        Channel5G157_5785_20 = "5g-157-5785-20",
        Channel5G159_5795_40 = "5g-159-5795-40",
        Channel5G161_5805_20 = "5g-161-5805-20",
        Channel5G163_5815_160 = "5g-163-5815-160",
        Channel5G165_5825_20 = "5g-165-5825-20",
        Channel5G167_5835_40 = "5g-167-5835-40",
        Channel5G169_5845_20 = "5g-169-5845-20",
        Channel5G171_5855_80 = "5g-171-5855-80",
        Channel5G173_5865_20 = "5g-173-5865-20",
        Channel5G175_5875_40 = "5g-175-5875-40",
        Channel5G177_5885_20 = "5g-177-5885-20",
        Channel6G1_5955_20 = "6g-1-5955-20",
        Channel6G3_5965_40 = "6g-3-5965-40",
        Channel6G5_5975_20 = "6g-5-5975-20",
        Channel6G7_5985_80 = "6g-7-5985-80",
        Channel6G9_5995_20 = "6g-9-5995-20",
        Channel6G11_6005_40 = "6g-11-6005-40",
        Channel6G13_6015_20 = "6g-13-6015-20",
        Channel6G15_6025_160 = "6g-15-6025-160",
        Channel6G17_6035_20 = "6g-17-6035-20",
        Channel6G19_6045_40 = "6g-19-6045-40",
        Channel6G21_6055_20 = "6g-21-6055-20",
        Channel6G23_6065_80 = "6g-23-6065-80",
        Channel6G25_6075_20 = "6g-25-6075-20",
        Channel6G27_6085_40 = "6g-27-6085-40",
        Channel6G29_6095_20 = "6g-29-6095-20",
        Channel6G31_6105_320 = "6g-31-6105-320",
        Channel6G33_6115_20 = "6g-33-6115-20",
        Channel6G35_6125_40 = "6g-35-6125-40",
        Channel6G37_6135_20 = "6g-37-6135-20",
        Channel6G39_6145_80 = "6g-39-6145-80",
        Channel6G41_6155_20 = "6g-41-6155-20",
        Channel6G43_6165_40 = "6g-43-6165-40",
        Channel6G45_6175_20 = "6g-45-6175-20",
        Channel6G47_6185_160 = "6g-47-6185-160",
        Channel6G49_6195_20 = "6g-49-6195-20",
        Channel6G51_6205_40 = "6g-51-6205-40",
        Channel6G53_6215_20 = "6g-53-6215-20",
        Channel6G55_6225_80 = "6g-55-6225-80",
        Channel6G57_6235_20 = "6g-57-6235-20",
        Channel6G59_6245_40 = "6g-59-6245-40",
        Channel6G61_6255_20 = "6g-61-6255-20",
        Channel6G65_6275_20 = "6g-65-6275-20",
        Channel6G67_6285_40 = "6g-67-6285-40",
        Channel6G69_6295_20 = "6g-69-6295-20",
        Channel6G71_6305_80 = "6g-71-6305-80",
        Channel6G73_6315_20 = "6g-73-6315-20",
        Channel6G75_6325_40 = "6g-75-6325-40",
        Channel6G77_6335_20 = "6g-77-6335-20",
        Channel6G79_6345_160 = "6g-79-6345-160",
        Channel6G81_6355_20 = "6g-81-6355-20",
        Channel6G83_6365_40 = "6g-83-6365-40",
        Channel6G85_6375_20 = "6g-85-6375-20",
        Channel6G87_6385_80 = "6g-87-6385-80",
        Channel6G89_6395_20 = "6g-89-6395-20",
        Channel6G91_6405_40 = "6g-91-6405-40",
        Channel6G93_6415_20 = "6g-93-6415-20",
        Channel6G95_6425_320 = "6g-95-6425-320",
        Channel6G97_6435_20 = "6g-97-6435-20",
        Channel6G99_6445_40 = "6g-99-6445-40",
        Channel6G101_6455_20 = "6g-101-6455-20",
        Channel6G103_6465_80 = "6g-103-6465-80",
        Channel6G105_6475_20 = "6g-105-6475-20",
        Channel6G107_6485_40 = "6g-107-6485-40",
        Channel6G109_6495_20 = "6g-109-6495-20",
        Channel6G111_6505_160 = "6g-111-6505-160",
        Channel6G113_6515_20 = "6g-113-6515-20",
        Channel6G115_6525_40 = "6g-115-6525-40",
        Channel6G117_6535_20 = "6g-117-6535-20",
        Channel6G119_6545_80 = "6g-119-6545-80",
        Channel6G121_6555_20 = "6g-121-6555-20",
        Channel6G123_6565_40 = "6g-123-6565-40",
        Channel6G125_6575_20 = "6g-125-6575-20",
        Channel6G129_6595_20 = "6g-129-6595-20",
        Channel6G131_6605_40 = "6g-131-6605-40",
        Channel6G133_6615_20 = "6g-133-6615-20",
        Channel6G135_6625_80 = "6g-135-6625-80",
        Channel6G137_6635_20 = "6g-137-6635-20",
        Channel6G139_6645_40 = "6g-139-6645-40",
        Channel6G141_6655_20 = "6g-141-6655-20",
        Channel6G143_6665_160 = "6g-143-6665-160",
        Channel6G145_6675_20 = "6g-145-6675-20",
        Channel6G147_6685_40 = "6g-147-6685-40",
        Channel6G149_6695_20 = "6g-149-6695-20",
        Channel6G151_6705_80 = "6g-151-6705-80",
        Channel6G153_6715_20 = "6g-153-6715-20",
        Channel6G155_6725_40 = "6g-155-6725-40",
        Channel6G157_6735_20 = "6g-157-6735-20",
        Channel6G159_6745_320 = "6g-159-6745-320",
        Channel6G161_6755_20 = "6g-161-6755-20",
        Channel6G163_6765_40 = "6g-163-6765-40",
        Channel6G165_6775_20 = "6g-165-6775-20",
        Channel6G167_6785_80 = "6g-167-6785-80",
        Channel6G169_6795_20 = "6g-169-6795-20",
        Channel6G171_6805_40 = "6g-171-6805-40",
        Channel6G173_6815_20 = "6g-173-6815-20",
        Channel6G175_6825_160 = "6g-175-6825-160",
        Channel6G177_6835_20 = "6g-177-6835-20",
        Channel6G179_6845_40 = "6g-179-6845-40",
        Channel6G181_6855_20 = "6g-181-6855-20",
        Channel6G183_6865_80 = "6g-183-6865-80",
        Channel6G185_6875_20 = "6g-185-6875-20",
        Channel6G187_6885_40 = "6g-187-6885-40",
        Channel6G189_6895_20 = "6g-189-6895-20",
        Channel6G193_6915_20 = "6g-193-6915-20",
        Channel6G195_6925_40 = "6g-195-6925-40",
        Channel6G197_6935_20 = "6g-197-6935-20",
        Channel6G199_6945_80 = "6g-199-6945-80",
        Channel6G201_6955_20 = "6g-201-6955-20",
        Channel6G203_6965_40 = "6g-203-6965-40",
        Channel6G205_6975_20 = "6g-205-6975-20",
        Channel6G207_6985_160 = "6g-207-6985-160",
        Channel6G209_6995_20 = "6g-209-6995-20",
        Channel6G211_7005_40 = "6g-211-7005-40",
        Channel6G213_7015_20 = "6g-213-7015-20",
        Channel6G215_7025_80 = "6g-215-7025-80",
        Channel6G217_7035_20 = "6g-217-7035-20",
        Channel6G219_7045_40 = "6g-219-7045-40",
        Channel6G221_7055_20 = "6g-221-7055-20",
        Channel6G225_7075_20 = "6g-225-7075-20",
        Channel6G227_7085_40 = "6g-227-7085-40",
        Channel6G229_7095_20 = "6g-229-7095-20",
        Channel6G233_7115_20 = "6g-233-7115-20",
        Channel60G1_58320_2160 = "60g-1-58320-2160",
        Channel60G2_60480_2160 = "60g-2-60480-2160",
        Channel60G3_62640_2160 = "60g-3-62640-2160",
        Channel60G4_64800_2160 = "60g-4-64800-2160",
        Channel60G5_66960_2160 = "60g-5-66960-2160",
        Channel60G6_69120_2160 = "60g-6-69120-2160",
        Channel60G9_59400_4320 = "60g-9-59400-4320",
        Channel60G10_61560_4320 = "60g-10-61560-4320",
        Channel60G11_63720_4320 = "60g-11-63720-4320",
        Channel60G12_65880_4320 = "60g-12-65880-4320",
        Channel60G13_68040_4320 = "60g-13-68040-4320",
        Channel60G17_60480_6480 = "60g-17-60480-6480",
        Channel60G18_62640_6480 = "60g-18-62640-6480",
        Channel60G19_64800_6480 = "60g-19-64800-6480",
        Channel60G20_66960_6480 = "60g-20-66960-6480",
        Channel60G25_61560_6480 = "60g-25-61560-6480",
        Channel60G26_63720_6480 = "60g-26-63720-6480",
        Channel60G27_65880_6480 = "60g-27-65880-6480",
    }
}
