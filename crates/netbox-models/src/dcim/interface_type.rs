// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `type` in `dcim/interfaces` and `dcim/interface-templates`.
    pub enum InterfaceType {
        Virtual = "virtual",
        Bridge = "bridge",
        Lag = "lag",
        Type100BaseFx = "100base-fx",
        Type100BaseLfx = "100base-lfx",
        Type100BaseTx = "100base-tx",
        Type100BaseT1 = "100base-t1",
        Type1000BaseLx = "1000base-lx",
        Type1000BaseSx = "1000base-sx",
        Type1000BaseT = "1000base-t",
        Type1000BaseTx = "1000base-tx",
        Type2_5GBaseT = "2.5gbase-t",
        Type5GBaseT = "5gbase-t",
        Type10GBaseCx4 = "10gbase-cx4",
        Type10GBaseT = "10gbase-t",
        Type100BaseXSfp = "100base-x-sfp",
        Type1000BaseXGbic = "1000base-x-gbic",
        Type1000BaseXSfp = "1000base-x-sfp",
        Type10GBaseXSfpp = "10gbase-x-sfpp",
        Type10GBaseXXenpak = "10gbase-x-xenpak",
        Type10GBaseXXfp = "10gbase-x-xfp",
        Type10GBaseXX2 = "10gbase-x-x2",
        Type25GBaseXSfp28 = "25gbase-x-sfp28",
        Type40GBaseXQsfpp = "40gbase-x-qsfpp",
        Type50GBaseXSfp28 = "50gbase-x-sfp28",
        Type50GBaseXSfp56 = "50gbase-x-sfp56",
        Type100GBaseXCfp = "100gbase-x-cfp",
        Type100GBaseXCfp2 = "100gbase-x-cfp2",
        Type100GBaseXCfp4 = "100gbase-x-cfp4",
        Type100GBaseXCxp = "100gbase-x-cxp",
        Type100GBaseXCpak = "100gbase-x-cpak",
        Type100GBaseXDsfp = "100gbase-x-dsfp",
        Type100GBaseXQsfp28 = "100gbase-x-qsfp28",
        Type100GBaseXQsfpdd = "100gbase-x-qsfpdd",
        Type100GBaseXSfpdd = "100gbase-x-sfpdd",
        Type200GBaseXCfp2 = "200gbase-x-cfp2",
        Type200GBaseXQsfp56 = "200gbase-x-qsfp56",
        Type200GBaseXQsfpdd = "200gbase-x-qsfpdd",
        Type400GBaseXQsfp112 = "400gbase-x-qsfp112",
        Type400GBaseXQsfpdd = "400gbase-x-qsfpdd",
        Type400GBaseXCdfp = "400gbase-x-cdfp",
        Type400GBaseXCfp2 = "400gbase-x-cfp2",
        Type400GBaseXCfp8 = "400gbase-x-cfp8",
        Type400GBaseXOsfp = "400gbase-x-osfp",
        Type400GBaseXOsfpRhs = "400gbase-x-osfp-rhs",
        Type800GBaseXOsfp = "800gbase-x-osfp",
        Type800GBaseXQsfpdd = "800gbase-x-qsfpdd",
        Type1000BaseKx = "1000base-kx",
        Type2_5GBaseKx = "2.5gbase-kx",
        Type5GBaseKr = "5gbase-kr",
        Type10GBaseKr = "10gbase-kr",
        Type10GBaseKx4 = "10gbase-kx4",
        Type25GBaseKr = "25gbase-kr",
        Type40GBaseKr4 = "40gbase-kr4",
        Type50GBaseKr = "50gbase-kr",
        Type100GBaseKp4 = "100gbase-kp4",
        Type100GBaseKr2 = "100gbase-kr2",
        Type100GBaseKr4 = "100gbase-kr4",
        Ieee802_11A = "ieee802.11a",
        Ieee802_11G = "ieee802.11g",
        Ieee802_11N = "ieee802.11n",
        Ieee802_11Ac = "ieee802.11ac",
        Ieee802_11Ad = "ieee802.11ad",
        Ieee802_11Ax = "ieee802.11ax",
        Ieee802_11Ay = "ieee802.11ay",
        Ieee802_11Be = "ieee802.11be",
        Ieee802_15_1 = "ieee802.15.1",
        Ieee802_15_4 = "ieee802.15.4",
        OtherWireless = "other-wireless",
        Gsm = "gsm",
        Cdma = "cdma",
        Lte = "lte",
        Type4G = "4g",
        Type5G = "5g",
        SonetOc3 = "sonet-oc3",
        SonetOc12 = "sonet-oc12",
        SonetOc48 = "sonet-oc48",
        SonetOc192 = "sonet-oc192",
        SonetOc768 = "sonet-oc768",
        SonetOc1920 = "sonet-oc1920",
        SonetOc3840 = "sonet-oc3840",
        Type1GfcSfp = "1gfc-sfp",
        Type2GfcSfp = "2gfc-sfp",
        Type4GfcSfp = "4gfc-sfp",
        Type8GfcSfpp = "8gfc-sfpp",
        Type16GfcSfpp = "16gfc-sfpp",
        Type32GfcSfp28 = "32gfc-sfp28",
        Type32GfcSfpp = "32gfc-sfpp",
        Type64GfcQsfpp = "64gfc-qsfpp",
        Type64GfcSfpdd = "64gfc-sfpdd",
        Type64GfcSfpp = "64gfc-sfpp",
        Type128GfcQsfp28 = "128gfc-qsfp28",
        InfinibandSdr = "infiniband-sdr",
        InfinibandDdr = "infiniband-ddr",
        InfinibandQdr = "infiniband-qdr",
        InfinibandFdr10 = "infiniband-fdr10",
        InfinibandFdr = "infiniband-fdr",
        InfinibandEdr = "infiniband-edr",
        InfinibandHdr = "infiniband-hdr",
        InfinibandNdr = "infiniband-ndr",
        InfinibandXdr = "infiniband-xdr",
        T1 = "t1",
        E1 = "e1",
        T3 = "t3",
        E3 = "e3",
        Xdsl = "xdsl",
        Docsis = "docsis",
        Moca = "moca",
        Bpon = "bpon",
        Epon = "epon",
        Type10GEpon = "10g-epon",
        Gpon = "gpon",
        XgPon = "xg-pon",
        XgsPon = "xgs-pon",
        NgPon2 = "ng-pon2",
        Type25GPon = "25g-pon",
        Type50GPon = "50g-pon",
        CiscoStackwise = "cisco-stackwise",
        CiscoStackwisePlus = "cisco-stackwise-plus",
        CiscoFlexstack = "cisco-flexstack",
        CiscoFlexstackPlus = "cisco-flexstack-plus",
        CiscoStackwise80 = "cisco-stackwise-80",
        CiscoStackwise160 = "cisco-stackwise-160",
        CiscoStackwise320 = "cisco-stackwise-320",
        CiscoStackwise480 = "cisco-stackwise-480",
        CiscoStackwise1T = "cisco-stackwise-1t",
        JuniperVcp = "juniper-vcp",
        ExtremeSummitstack = "extreme-summitstack",
        ExtremeSummitstack128 = "extreme-summitstack-128",
        ExtremeSummitstack256 = "extreme-summitstack-256",
        ExtremeSummitstack512 = "extreme-summitstack-512",
        OtherType = "other",
        /// From NetBox 4.7 on.
        Channel = "channel",
        /// From NetBox 4.7 on.
        Type100GBaseXSfp112 = "100gbase-x-sfp112",
        /// From NetBox 4.7 on.
        InfinibandHdr2X = "infiniband-hdr-2x",
        /// From NetBox 4.7 on.
        InfinibandNdr2X = "infiniband-ndr-2x",
        /// From NetBox 4.7 on.
        InfinibandXdr2X = "infiniband-xdr-2x",
        /// From NetBox 4.7 on.
        InfinibandSdr4X = "infiniband-sdr-4x",
        /// From NetBox 4.7 on.
        InfinibandDdr4X = "infiniband-ddr-4x",
        /// From NetBox 4.7 on.
        InfinibandQdr4X = "infiniband-qdr-4x",
        /// From NetBox 4.7 on.
        InfinibandFdr10_4X = "infiniband-fdr10-4x",
        /// From NetBox 4.7 on.
        InfinibandFdr4X = "infiniband-fdr-4x",
        /// From NetBox 4.7 on.
        InfinibandEdr4X = "infiniband-edr-4x",
        /// From NetBox 4.7 on.
        InfinibandHdr4X = "infiniband-hdr-4x",
        /// From NetBox 4.7 on.
        InfinibandNdr4X = "infiniband-ndr-4x",
        /// From NetBox 4.7 on.
        InfinibandXdr4X = "infiniband-xdr-4x",
        /// From NetBox 4.7 on.
        HpeSynergyInterconnectLink = "hpe-synergy-interconnect-link",
        /// From NetBox 4.4 on.
        Type1000BaseBx10D = "1000base-bx10-d",
        /// From NetBox 4.4 on.
        Type1000BaseBx10U = "1000base-bx10-u",
        /// From NetBox 4.4 on.
        Type1000BaseCwdm = "1000base-cwdm",
        /// From NetBox 4.4 on.
        Type1000BaseCx = "1000base-cx",
        /// From NetBox 4.4 on.
        Type1000BaseDwdm = "1000base-dwdm",
        /// From NetBox 4.4 on.
        Type1000BaseEx = "1000base-ex",
        /// From NetBox 4.4 on.
        Type1000BaseLsx = "1000base-lsx",
        /// From NetBox 4.4 on.
        Type1000BaseLx10 = "1000base-lx10",
        /// From NetBox 4.4 on.
        Type1000BaseZx = "1000base-zx",
        /// From NetBox 4.4 on.
        Type10GBaseBrD = "10gbase-br-d",
        /// From NetBox 4.4 on.
        Type10GBaseBrU = "10gbase-br-u",
        /// From NetBox 4.4 on.
        Type10GBaseEr = "10gbase-er",
        /// From NetBox 4.4 on.
        Type10GBaseLr = "10gbase-lr",
        /// From NetBox 4.4 on.
        Type10GBaseLrm = "10gbase-lrm",
        /// From NetBox 4.4 on.
        Type10GBaseLx4 = "10gbase-lx4",
        /// From NetBox 4.4 on.
        Type10GBaseSr = "10gbase-sr",
        /// From NetBox 4.4 on.
        Type10GBaseZr = "10gbase-zr",
        /// From NetBox 4.4 on.
        Type25GBaseCr = "25gbase-cr",
        /// From NetBox 4.4 on.
        Type25GBaseEr = "25gbase-er",
        /// From NetBox 4.4 on.
        Type25GBaseLr = "25gbase-lr",
        /// From NetBox 4.4 on.
        Type25GBaseSr = "25gbase-sr",
        /// From NetBox 4.4 on.
        Type25GBaseT = "25gbase-t",
        /// From NetBox 4.4 on.
        Type40GBaseCr4 = "40gbase-cr4",
        /// From NetBox 4.4 on.
        Type40GBaseEr4 = "40gbase-er4",
        /// From NetBox 4.4 on.
        Type40GBaseFr4 = "40gbase-fr4",
        /// From NetBox 4.4 on.
        Type40GBaseLr4 = "40gbase-lr4",
        /// From NetBox 4.4 on.
        Type40GBaseSr4 = "40gbase-sr4",
        /// From NetBox 4.4 on.
        Type50GBaseCr = "50gbase-cr",
        /// From NetBox 4.4 on.
        Type50GBaseEr = "50gbase-er",
        /// From NetBox 4.4 on.
        Type50GBaseFr = "50gbase-fr",
        /// From NetBox 4.4 on.
        Type50GBaseLr = "50gbase-lr",
        /// From NetBox 4.4 on.
        Type50GBaseSr = "50gbase-sr",
        /// From NetBox 4.4 on.
        Type100GBaseCr1 = "100gbase-cr1",
        /// From NetBox 4.4 on.
        Type100GBaseCr2 = "100gbase-cr2",
        /// From NetBox 4.4 on.
        Type100GBaseCr4 = "100gbase-cr4",
        /// From NetBox 4.4 on.
        Type100GBaseCr10 = "100gbase-cr10",
        /// From NetBox 4.4 on.
        Type100GBaseCwdm4 = "100gbase-cwdm4",
        /// From NetBox 4.4 on.
        Type100GBaseDr = "100gbase-dr",
        /// From NetBox 4.4 on.
        Type100GBaseEr4 = "100gbase-er4",
        /// From NetBox 4.4 on.
        Type100GBaseFr1 = "100gbase-fr1",
        /// From NetBox 4.4 on.
        Type100GBaseLr1 = "100gbase-lr1",
        /// From NetBox 4.4 on.
        Type100GBaseLr4 = "100gbase-lr4",
        /// From NetBox 4.4 on.
        Type100GBaseSr1 = "100gbase-sr1",
        /// From NetBox 4.4 on.
        Type100GBaseSr1_2 = "100gbase-sr1.2",
        /// From NetBox 4.4 on.
        Type100GBaseSr2 = "100gbase-sr2",
        /// From NetBox 4.4 on.
        Type100GBaseSr4 = "100gbase-sr4",
        /// From NetBox 4.4 on.
        Type100GBaseSr10 = "100gbase-sr10",
        /// From NetBox 4.4 on.
        Type100GBaseZr = "100gbase-zr",
        /// From NetBox 4.4 on.
        Type200GBaseCr2 = "200gbase-cr2",
        /// From NetBox 4.4 on.
        Type200GBaseCr4 = "200gbase-cr4",
        /// From NetBox 4.4 on.
        Type200GBaseDr4 = "200gbase-dr4",
        /// From NetBox 4.4 on.
        Type200GBaseEr4 = "200gbase-er4",
        /// From NetBox 4.4 on.
        Type200GBaseFr4 = "200gbase-fr4",
        /// From NetBox 4.4 on.
        Type200GBaseLr4 = "200gbase-lr4",
        /// From NetBox 4.4 on.
        Type200GBaseSr2 = "200gbase-sr2",
        /// From NetBox 4.4 on.
        Type200GBaseSr4 = "200gbase-sr4",
        /// From NetBox 4.4 on.
        Type200GBaseVr2 = "200gbase-vr2",
        /// From NetBox 4.4 on.
        Type400GBaseCr4 = "400gbase-cr4",
        /// From NetBox 4.4 on.
        Type400GBaseDr4 = "400gbase-dr4",
        /// From NetBox 4.4 on.
        Type400GBaseEr8 = "400gbase-er8",
        /// From NetBox 4.4 on.
        Type400GBaseFr4 = "400gbase-fr4",
        /// From NetBox 4.4 on.
        Type400GBaseFr8 = "400gbase-fr8",
        /// From NetBox 4.4 on.
        Type400GBaseLr4 = "400gbase-lr4",
        /// From NetBox 4.4 on.
        Type400GBaseLr8 = "400gbase-lr8",
        /// From NetBox 4.4 on.
        Type400GBaseSr4 = "400gbase-sr4",
        /// From NetBox 4.4 on.
        Type400GBaseSr4_2 = "400gbase-sr4_2",
        /// From NetBox 4.4 on.
        Type400GBaseSr8 = "400gbase-sr8",
        /// From NetBox 4.4 on.
        Type400GBaseSr16 = "400gbase-sr16",
        /// From NetBox 4.4 on.
        Type400GBaseVr4 = "400gbase-vr4",
        /// From NetBox 4.4 on.
        Type400GBaseZr = "400gbase-zr",
        /// From NetBox 4.4 on.
        Type800GBaseCr8 = "800gbase-cr8",
        /// From NetBox 4.4 on.
        Type800GBaseDr8 = "800gbase-dr8",
        /// From NetBox 4.4 on.
        Type800GBaseSr8 = "800gbase-sr8",
        /// From NetBox 4.4 on.
        Type800GBaseVr8 = "800gbase-vr8",
        /// From NetBox 4.5 on.
        Type10GBaseCu = "10gbase-cu",
        /// From NetBox 4.5 on.
        Type40GBaseSr4Bd = "40gbase-sr4-bd",
        /// From NetBox 4.5 on.
        Type1_6TbaseCr8 = "1.6tbase-cr8",
        /// From NetBox 4.5 on.
        Type1_6TbaseDr8 = "1.6tbase-dr8",
        /// From NetBox 4.5 on.
        Type1_6TbaseDr8_2 = "1.6tbase-dr8-2",
        /// From NetBox 4.5 on.
        Type2_5GBaseXSfp = "2.5gbase-x-sfp",
        /// From NetBox 4.5 on.
        Type1_6TbaseXOsfp1600 = "1.6tbase-x-osfp1600",
        /// From NetBox 4.5 on.
        Type1_6TbaseXOsfp1600Rhs = "1.6tbase-x-osfp1600-rhs",
        /// From NetBox 4.5 on.
        Type1_6TbaseXQsfpdd1600 = "1.6tbase-x-qsfpdd1600",
        /// From NetBox 4.5 on.
        Type1_6TbaseKr8 = "1.6tbase-kr8",
    }
}
